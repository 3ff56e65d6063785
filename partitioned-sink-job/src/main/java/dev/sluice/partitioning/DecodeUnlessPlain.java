package dev.sluice.partitioning;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.record.RecordTransformer;
import dev.sluice.common.record.Transformed;

/**
 * Decompresses the record of a dead letter, unless it was decompressed before it became one.
 *
 * <p>A dead letter carries the record as it was at the step that gave up, which is compressed only
 * if that was decompression itself, or if Firehose wrote it. The first bytes tell: neither JSON nor
 * anything else that this job could partition begins as gzip or zstd do.
 */
final class DecodeUnlessPlain implements RecordTransformer {
  private static final long serialVersionUID = 1L;

  private final RecordTransformer decoder;

  DecodeUnlessPlain(RecordTransformer decoder) {
    this.decoder = decoder;
  }

  @Override
  public void open() throws Exception {
    decoder.open();
  }

  @Override
  public Transformed transform(RawRecord record) throws Exception {
    return isCompressed(record.data) ? decoder.transform(record) : Transformed.ok(record.data);
  }

  private static boolean isCompressed(byte[] data) {
    return begins(data, 0x1f, 0x8b)
        || begins(data, 0x28, 0xb5, 0x2f, 0xfd)
        || (data.length > 3 && (data[0] & 0xf0) == 0x50 && data[1] == 0x2a && data[2] == 0x4d);
  }

  private static boolean begins(byte[] data, int... with) {
    if (data.length < with.length) {
      return false;
    }
    for (int i = 0; i < with.length; i++) {
      if ((data[i] & 0xff) != with[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws Exception {
    decoder.close();
  }
}
