package dev.sluice.partitioning.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.sluice.common.record.RawRecord;
import dev.sluice.common.record.RecordTransformer;
import dev.sluice.common.record.Transformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses records that are zstd (RFC 8878), of one frame or several; no dictionaries.
 *
 * <p>The whole record must be zstd: what does not begin as a frame, ends early, is damaged or has
 * bytes behind the last frame has failed, since the bytes would be lost. So has a record that is
 * larger than the limit when decompressed. A record takes as much memory as it has bytes then, and
 * never a window that its header asks for.
 */
public final class ZstdDecoder implements RecordTransformer {
  private static final long serialVersionUID = 1L;

  private static final int FRAME = 0xfd2fb528;
  private static final int SKIPPABLE_FRAME = 0x184d2a50;

  /** How much larger than compressed a record is taken to be, whatever its header says. */
  private static final int FIRST_GUESS = 16;

  private static final int SMALLEST = 4 * 1024;

  private final int maxBytes;
  private transient @Nullable ZstdDecompressCtx context;

  /**
   * A decoder with a limit.
   *
   * @param maxBytes that a record may have when decompressed; at least 1
   */
  public ZstdDecoder(int maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException(
          "Limit of decompressed bytes must be at least 1, but was '" + maxBytes + "'");
    }
    this.maxBytes = maxBytes;
  }

  @Override
  public Transformed transform(RawRecord record) {
    if (context == null) {
      context = new ZstdDecompressCtx();
    }
    if (!beginsFrame(record.data)) {
      return failed("no zstd frame at byte 0");
    }
    long capacity = SMALLEST + (long) FIRST_GUESS * record.data.length;
    while (true) {
      byte[] out = new byte[(int) Math.min(capacity, maxBytes)];
      try {
        int length = context.decompress(out, record.data);
        return Transformed.ok(length == out.length ? out : Arrays.copyOf(out, length));
      } catch (ZstdException e) {
        if (e.getErrorCode() != Zstd.errDstSizeTooSmall()) {
          return failed(String.valueOf(e.getMessage()));
        }
        if (out.length == maxBytes) {
          return failed("it holds more than " + maxBytes + " bytes");
        }
        capacity *= FIRST_GUESS;
      }
    }
  }

  private static boolean beginsFrame(byte[] data) {
    if (data.length < Integer.BYTES) {
      return false;
    }
    int magic = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return magic == FRAME || (magic & 0xfffffff0) == SKIPPABLE_FRAME;
  }

  private static Transformed failed(String reason) {
    return Transformed.processingFailed("Cannot decompress zstd record: " + reason);
  }

  @Override
  public void close() {
    if (context != null) {
      context.close();
      context = null;
    }
  }
}
