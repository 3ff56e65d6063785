package dev.sluice.common.sink.kinesis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record as Kinesis takes it. Immutable; the bytes are not copied, so do not change them. */
public final class StreamEntry {
  /** Greatest record of Kinesis with its partition key, in bytes: 10 MiB since October 2025. */
  public static final int MAX_BYTES = 10 << 20;

  private static final int MAX_KEY_CHARACTERS = 256;
  private static final BigInteger HASH_KEYS = BigInteger.ONE.shiftLeft(128);

  private final byte[] data;
  private final String partitionKey;
  private final @Nullable String explicitHashKey;
  private final int size;

  /**
   * @param partitionKey any characters, not only ASCII
   * @param explicitHashKey decimal, from 0 to 2^128 - 1; null for the MD5 of the partition key
   */
  public StreamEntry(byte[] data, String partitionKey, @Nullable String explicitHashKey) {
    this.data = data;
    this.partitionKey = partitionKey;
    this.explicitHashKey = explicitHashKey;
    this.size = data.length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
  }

  public byte[] data() {
    return data;
  }

  public String partitionKey() {
    return partitionKey;
  }

  public @Nullable String explicitHashKey() {
    return explicitHashKey;
  }

  /** What the limits of Kinesis count: payload and partition key, in bytes. */
  public int size() {
    return size;
  }

  /** Whether partition key and hash key are the same, so that one aggregate can hold both. */
  boolean isPlacedAs(StreamEntry other) {
    return partitionKey.equals(other.partitionKey)
        && Objects.equals(explicitHashKey, other.explicitHashKey);
  }

  /**
   * The rule of Kinesis that the record breaks, if any: one such record would make the service
   * refuse all that are in a request with it.
   *
   * @param maxBytes the limit of the stream for a record with its key
   */
  public Optional<PutFailure> brokenRule(int maxBytes) {
    if (size > maxBytes) {
      return refused("record-too-large", "A record must have at most " + maxBytes + " bytes");
    }
    int characters = partitionKey.codePointCount(0, partitionKey.length());
    if (characters < 1 || characters > MAX_KEY_CHARACTERS) {
      return refused("partition-key-length", "A partition key must have 1 to 256 characters");
    }
    if (explicitHashKey != null && !isHashKey(explicitHashKey)) {
      return refused("explicit-hash-key", "A hash key must be a number from 0 to 2^128 - 1");
    }
    return Optional.empty();
  }

  private static boolean isHashKey(String text) {
    return text.matches("0|[1-9][0-9]{0,38}") && new BigInteger(text).compareTo(HASH_KEYS) < 0;
  }

  private Optional<PutFailure> refused(String code, String rule) {
    return Optional.of(
        new PutFailure(FailureKind.REFUSED, code, rule + ", this one has " + size + " bytes"));
  }

  /** Without payload and key, which may be large or private. */
  @Override
  public String toString() {
    return "StreamEntry[" + size + " bytes]";
  }
}
