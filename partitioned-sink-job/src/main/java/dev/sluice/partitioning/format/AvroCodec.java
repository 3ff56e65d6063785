package dev.sluice.partitioning.format;

import org.apache.avro.file.CodecFactory;

/** How the blocks of Avro objects are compressed. */
public enum AvroCodec {
  /** As they are. */
  UNCOMPRESSED,
  /** Every reader has it. */
  DEFLATE,
  /** Fast. */
  SNAPPY,
  /** Small and fast. */
  ZSTD;

  private static final int DEFLATE_LEVEL = 6;
  private static final int ZSTD_LEVEL = 3;

  CodecFactory factory() {
    switch (this) {
      case DEFLATE:
        return CodecFactory.deflateCodec(DEFLATE_LEVEL);
      case SNAPPY:
        return CodecFactory.snappyCodec();
      case ZSTD:
        return CodecFactory.zstandardCodec(ZSTD_LEVEL);
      case UNCOMPRESSED:
      default:
        return CodecFactory.nullCodec();
    }
  }
}
