package dev.sluice.partitioning;

import java.util.Locale;

/** What {@code !{firehose:error-output-type}} stands for; the first three names are Firehose's. */
enum ErrorType {
  /** No partition could be found, or a transformer gave up. */
  PROCESSING_FAILED,
  /** The record does not fit the schema of the format. */
  FORMAT_CONVERSION_FAILED,
  /** The record's body could not be decompressed. */
  DECOMPRESSION_FAILED,
  /** The partition would have been one too many. */
  ACTIVE_PARTITION_EXCEEDED;

  /** As it stands in object names: {@code processing-failed}. */
  String inNames() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
