package dev.sluice.replication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** 128 bits of the SHA-256 of partition key and payload. Immutable. */
final class RecordHash {
  private final long high;
  private final long low;

  private RecordHash(long high, long low) {
    this.high = high;
    this.low = low;
  }

  static RecordHash of(String partitionKey, byte[] data) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] key = partitionKey.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(key.length).array());
      digest.update(key);
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(data));
      return new RecordHash(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime must have SHA-256", e);
    }
  }

  /** What a sum of many such numbers says nothing of is their order. */
  long forSum() {
    return high ^ low;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordHash
        && ((RecordHash) other).high == high
        && ((RecordHash) other).low == low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(low);
  }
}
