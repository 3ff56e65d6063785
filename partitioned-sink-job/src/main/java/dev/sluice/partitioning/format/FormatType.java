package dev.sluice.partitioning.format;

/** The formats of objects by their names in options. */
public enum FormatType {
  /** JSON records as they are, each on a line or one behind the other. */
  JSON,
  /** RFC 4180. */
  CSV,
  /** Avro's container files. */
  AVRO,
  /** Parquet. */
  PARQUET
}
