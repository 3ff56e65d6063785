package dev.sluice.local;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record to put into a stream. Do not change its bytes once it is made. */
public final class KinesisPut {
  private final String partitionKey;
  private final byte[] data;
  private final @Nullable BigInteger hashKey;

  private KinesisPut(String partitionKey, byte[] data, @Nullable BigInteger hashKey) {
    this.partitionKey = partitionKey;
    this.data = data;
    this.hashKey = hashKey;
  }

  public static KinesisPut of(String partitionKey, byte[] data) {
    return new KinesisPut(partitionKey, data, null);
  }

  /**
   * The same with a hash key, from 0 to 2^128 - 1, that decides the shard in place of the key's.
   */
  public KinesisPut withHashKey(BigInteger hash) {
    return new KinesisPut(partitionKey, data, hash);
  }

  public String partitionKey() {
    return partitionKey;
  }

  public byte[] data() {
    return data;
  }

  /** Empty if the hash of the partition key decides. */
  public Optional<BigInteger> hashKey() {
    return Optional.ofNullable(hashKey);
  }
}
