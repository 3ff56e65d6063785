package dev.sluice.partitioning.keys;

/** A record has no partition; it becomes a dead letter. */
public final class UnpartitionableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Firehose's code of all failures to find partition keys. */
  public static final String METADATA_EXTRACTION_FAILED =
      "DynamicPartitioning.MetadataExtractionFailed";

  private final String code;

  /**
   * @param message what failed, on which key, by which rule; without the record's content
   */
  public UnpartitionableException(String message) {
    this(METADATA_EXTRACTION_FAILED, message);
  }

  /** With a code of its own. */
  public UnpartitionableException(String code, String message) {
    super(message, null, false, false); // one per bad record: no stack trace
    this.code = code;
  }

  public String code() {
    return code;
  }
}
