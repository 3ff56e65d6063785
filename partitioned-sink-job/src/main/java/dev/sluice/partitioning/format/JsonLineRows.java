package dev.sluice.partitioning.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One line for each JSON record: its own bytes, so that numbers, key order and escapes stay as they
 * are.
 *
 * <p>Line ends cannot stand inside a JSON string, only between tokens; each becomes a space, and
 * those at the record's end are left out. So a pretty-printed record is one line too. A byte order
 * mark is left out; readers do not expect one in the middle of an object.
 */
final class JsonLineRows implements RowEncoder {
  private static final long serialVersionUID = 1L;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long SPACES = ' ' * ONES;

  /** True: a record that is no JSON must not pass, its line ends may mean something. */
  @Override
  public boolean readsJson() {
    return true;
  }

  @Override
  public boolean readsTree() {
    return false;
  }

  @Override
  public byte[] encode(byte[] data, @Nullable JsonNode json) throws UnfitRecordException {
    int start = start(data);
    int end = data.length;
    while (end > start && isLineEnd(data[end - 1])) {
      end--;
    }
    int lineEnd = firstLineEnd(data, start, end);
    if (start == 0 && lineEnd == data.length) {
      return data;
    }
    byte[] line = Arrays.copyOfRange(data, start, end);
    for (int i = lineEnd - start; i < line.length; i++) {
      if (isLineEnd(line[i])) {
        line[i] = ' ';
      }
    }
    return line;
  }

  /** Eight bytes at a time. */
  private static int firstLineEnd(byte[] data, int start, int end) {
    int i = start;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORDS.get(data, i);
      if (((word - SPACES) & ~word & HIGH_BITS) != 0) { // there is one below the space
        break;
      }
    }
    while (i < end && !isLineEnd(data[i])) {
      i++;
    }
    return i;
  }

  /** Behind the byte order mark. JSON parsers also take UTF-16 and UTF-32; lines are UTF-8. */
  private static int start(byte[] data) throws UnfitRecordException {
    for (int i = 0; i < Math.min(4, data.length); i++) {
      if (data[i] == 0 || data[i] == (byte) 0xfe || data[i] == (byte) 0xff) {
        throw new UnfitRecordException("must be UTF-8, but is JSON in another encoding");
      }
    }
    boolean marked =
        data.length >= 3
            && data[0] == (byte) 0xef
            && data[1] == (byte) 0xbb
            && data[2] == (byte) 0xbf;
    return marked ? 3 : 0;
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }
}
