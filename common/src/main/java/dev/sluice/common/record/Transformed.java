package dev.sluice.common.record;

import java.util.Map;

/**
 * What a {@link RecordTransformer} made of a record; outcomes and their names are those of Amazon
 * Data Firehose.
 *
 * <p>Immutable, if its data is not changed.
 */
public final class Transformed {
  private static final byte[] NOTHING = new byte[0];
  private static final Transformed DROPPED = new Transformed(Result.DROPPED, NOTHING, Map.of(), "");

  /** What the record has become. */
  public enum Result {
    /** Goes on, with the data that it has now. */
    OK,
    /** Is left out on purpose; counted. */
    DROPPED,
    /** Becomes a dead letter with its original bytes. */
    PROCESSING_FAILED
  }

  /** What the record has become. */
  public final Result result;

  /** The data from here on; empty unless {@link Result#OK}. */
  public final byte[] data;

  /** Values for {@code !{partitionKeyFromLambda:name}} in the prefix. */
  public final Map<String, String> partitionKeys;

  /** Why it failed; empty unless {@link Result#PROCESSING_FAILED}. */
  public final String reason;

  private Transformed(
      Result result, byte[] data, Map<String, String> partitionKeys, String reason) {
    this.result = result;
    this.data = data;
    this.partitionKeys = partitionKeys;
    this.reason = reason;
  }

  /** The record goes on with this data and no keys of the transformer's. */
  public static Transformed ok(byte[] data) {
    return ok(data, Map.of());
  }

  /** The record goes on with this data and these partition keys. */
  public static Transformed ok(byte[] data, Map<String, String> partitionKeys) {
    return new Transformed(Result.OK, data, Map.copyOf(partitionKeys), "");
  }

  /** The record is left out on purpose. */
  public static Transformed dropped() {
    return DROPPED;
  }

  /** The record cannot be processed. */
  public static Transformed processingFailed(String reason) {
    return new Transformed(Result.PROCESSING_FAILED, NOTHING, Map.of(), reason);
  }
}
