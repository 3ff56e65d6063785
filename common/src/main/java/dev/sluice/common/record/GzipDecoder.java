package dev.sluice.common.record;

import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses records that are gzip (RFC 1952), of one member or several.
 *
 * <p>The whole record must be gzip: what does not begin as one, ends early, has a wrong checksum or
 * bytes behind the last member has failed, since the bytes would be lost. So has a record that is
 * larger than the limit when decompressed.
 */
public final class GzipDecoder implements RecordTransformer {
  private static final long serialVersionUID = 1L;

  private final int maxBytes;
  private transient @Nullable GzipMembers members;

  /**
   * A decoder with a limit.
   *
   * @param maxBytes that a record may have when decompressed; at least 1
   */
  public GzipDecoder(int maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException(
          "Limit of decompressed bytes must be at least 1, but was '" + maxBytes + "'");
    }
    this.maxBytes = maxBytes;
  }

  @Override
  public Transformed transform(RawRecord record) {
    if (members == null) {
      members = new GzipMembers();
    }
    try {
      return Transformed.ok(members.decompress(record.data, maxBytes));
    } catch (DataFormatException e) {
      return Transformed.processingFailed("Cannot decompress gzip record: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    if (members != null) {
      members.close();
      members = null;
    }
  }
}
