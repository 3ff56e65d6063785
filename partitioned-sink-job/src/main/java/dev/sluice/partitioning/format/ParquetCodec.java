package dev.sluice.partitioning.format;

import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** How the pages of Parquet objects are compressed. */
public enum ParquetCodec {
  /** As they are. */
  UNCOMPRESSED(CompressionCodecName.UNCOMPRESSED),
  /** Fast; Firehose's default. */
  SNAPPY(CompressionCodecName.SNAPPY),
  /** Small; every reader has it. */
  GZIP(CompressionCodecName.GZIP),
  /** Small and fast. */
  ZSTD(CompressionCodecName.ZSTD);

  private final CompressionCodecName name;

  ParquetCodec(CompressionCodecName name) {
    this.name = name;
  }

  CompressionCodecName parquetName() {
    return name;
  }
}
