package dev.sluice.udf;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code MURMUR3(text [, seed])}: the 32 bits of MurmurHash3_x86_32 over the text in UTF-8, as an
 * {@code INT}. Equal in all languages and versions. Not for secrets.
 */
public final class Murmur3 extends ScalarFunction {
  private static final long serialVersionUID = 1L;
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  /** With seed 0; NULL of NULL. */
  public @Nullable Integer eval(@Nullable String text) {
    return eval(text, 0);
  }

  /** NULL if one of the two is NULL. */
  public @Nullable Integer eval(@Nullable String text, @Nullable Integer seed) {
    return text == null || seed == null ? null : hash(text.getBytes(UTF_8), seed);
  }

  private static int hash(byte[] bytes, int seed) {
    int hash = seed;
    int whole = bytes.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      int block = at(bytes, i) | at(bytes, i + 1) << 8 | at(bytes, i + 2) << 16;
      hash ^= scramble(block | at(bytes, i + 3) << 24);
      hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
    }
    int rest = 0;
    for (int i = bytes.length - 1; i >= whole; i--) {
      rest = rest << 8 | at(bytes, i);
    }
    return finish(hash ^ scramble(rest) ^ bytes.length);
  }

  private static int at(byte[] bytes, int index) {
    return bytes[index] & 0xff;
  }

  private static int scramble(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }

  private static int finish(int hash) {
    int mixed = (hash ^ hash >>> 16) * 0x85ebca6b;
    mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
    return mixed ^ mixed >>> 16;
  }
}
