package dev.sluice.partitioning.keys;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of records whose keys are plain fields, without parsing, and without making a name
 * again that was made of late.
 *
 * <p>One thread. Keeps a limited number of names.
 */
public final class PlainKeys {
  private static final int SLOTS = 1 << 15;
  private static final int LONGEST_KEPT = 128;

  private final String[] names;
  private final FieldScan scan;
  private final @Nullable Known[] known = new Known[SLOTS];

  private PlainKeys(List<String> names, List<String[]> paths) {
    this.names = names.toArray(new String[0]);
    this.scan = new FieldScan(paths);
  }

  /** Nothing if a key is more than a plain field. */
  static @Nullable PlainKeys of(Map<String, KeyExpression> keys) {
    List<String[]> paths = new ArrayList<>();
    for (KeyExpression key : keys.values()) {
      if (!(key instanceof FieldPath)) {
        return null;
      }
      paths.add(((FieldPath) key).names());
    }
    return FieldScan.takes(paths.size())
        ? new PlainKeys(new ArrayList<>(keys.keySet()), paths)
        : null;
  }

  /** Makes a partition of keys: always the same of the same. */
  @FunctionalInterface
  public interface Naming {
    String name(Map<String, String> keys) throws UnpartitionableException;
  }

  /**
   * The partition of a record.
   *
   * @return null if only a parser can tell, or tell what is wrong
   */
  public @Nullable String partition(byte[] record, Naming naming) throws UnpartitionableException {
    if (!scan.scan(record)) {
      return null;
    }
    int slot = (int) hash(record) & (SLOTS - 1);
    Known last = known[slot];
    if (last != null && isSame(record, last.keys)) {
      return last.partition;
    }
    String partition = naming.name(keys());
    if (partition.length() <= LONGEST_KEPT) {
      known[slot] = new Known(texts(), partition);
    }
    return partition;
  }

  private Map<String, String> keys() {
    Map<String, String> keys = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      keys.put(names[i], scan.text(i));
    }
    return keys;
  }

  private long hash(byte[] record) {
    long hash = 0;
    for (int i = 0; i < names.length; i++) {
      hash = JsonText.mix(hash ^ JsonText.hash(record, scan.start(i), scan.end(i)));
    }
    return hash ^ (hash >>> 17);
  }

  /** All texts, each behind its length, which is below 2^16 where the name is not long. */
  private byte[] texts() {
    ByteArrayOutputStream texts = new ByteArrayOutputStream();
    for (int i = 0; i < names.length; i++) {
      byte[] text = scan.text(i).getBytes(StandardCharsets.ISO_8859_1);
      texts.write(text.length >> 8);
      texts.write(text.length);
      texts.write(text, 0, text.length);
    }
    return texts.toByteArray();
  }

  private boolean isSame(byte[] record, byte[] texts) {
    int at = 0;
    for (int i = 0; i < names.length; i++) {
      int from = scan.start(i);
      int length = scan.end(i) - from;
      if (length != (((texts[at] & 0xff) << 8) | (texts[at + 1] & 0xff))
          || !Arrays.equals(texts, at + 2, at + 2 + length, record, from, from + length)) {
        return false;
      }
      at += 2 + length;
    }
    return true;
  }

  /** A name that was made. */
  private static final class Known {
    final byte[] keys;
    final String partition;

    Known(byte[] keys, String partition) {
      this.keys = keys;
      this.partition = partition;
    }
  }
}
