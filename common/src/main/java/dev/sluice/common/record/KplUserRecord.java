package dev.sluice.common.record;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** A record that a producer has put, as it lies in an aggregate. Immutable. */
public final class KplUserRecord {
  private final byte[] data;
  private final String partitionKey;
  private final @Nullable String explicitHashKey;

  KplUserRecord(byte[] data, String partitionKey, @Nullable String explicitHashKey) {
    this.data = data;
    this.partitionKey = partitionKey;
    this.explicitHashKey = explicitHashKey;
  }

  public byte[] data() {
    return data;
  }

  public String partitionKey() {
    return partitionKey;
  }

  /** Decimal; null if the hash of the partition key decides on the shard. */
  public @Nullable String explicitHashKey() {
    return explicitHashKey;
  }

  /** What decides on the shard: the explicit hash key, or the MD5 of the partition key. */
  public String effectiveHashKey() {
    return explicitHashKey != null ? explicitHashKey : hashOf(partitionKey);
  }

  /** What Kinesis makes of a partition key: its MD5 as a decimal number. */
  public static String hashOf(String partitionKey) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(partitionKey.getBytes(StandardCharsets.UTF_8));
      return new BigInteger(1, digest).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime must have MD5", e);
    }
  }
}
