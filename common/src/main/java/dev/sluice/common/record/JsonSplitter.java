package dev.sluice.common.record;

import java.util.Arrays;

/**
 * Finds the JSON objects that stand back to back in one record, with white space between them or
 * nothing: {@code {"a":1}{"a":2}}. It has the place of Firehose's de-aggregation of type {@code
 * JSON}, without its limit of 500 objects and of one line for each.
 *
 * <p>Objects are found by their braces outside strings; whether they are valid JSON is for the
 * parser to say, so that a broken one does not take its neighbours with it. When no object can be
 * found any more (text between objects, an array, an object that does not end), the rest of the
 * record is broken as one: looking for a brace further on could take a part of a record for one.
 */
public final class JsonSplitter implements RecordSplitter {
  private static final long serialVersionUID = 1L;

  @Override
  public void split(byte[] data, Pieces pieces) throws Exception {
    int from = afterSpace(data, afterByteOrderMark(data));
    if (from == data.length) {
      pieces.broken(data, "Record holds no JSON object, only white space");
      return;
    }
    while (from < data.length) {
      if (data[from] != '{') {
        pieces.broken(
            Arrays.copyOfRange(data, from, data.length),
            String.format(
                "JSON object must begin with '{', but byte %d of the record is 0x%02x",
                from, data[from]));
        return;
      }
      int end = endOfObject(data, from);
      if (end < 0) {
        pieces.broken(
            Arrays.copyOfRange(data, from, data.length),
            "JSON object that begins at byte " + from + " of the record does not end");
        return;
      }
      pieces.piece(from == 0 && end == data.length ? data : Arrays.copyOfRange(data, from, end));
      from = afterSpace(data, end);
    }
  }

  /** Behind the brace that closes the object, or -1. Bytes of UTF-8 above 0x7f are never ASCII. */
  private static int endOfObject(byte[] data, int from) {
    int depth = 0;
    for (int i = from; i < data.length; i++) {
      switch (data[i]) {
        case '{':
        case '[':
          depth++;
          break;
        case '}':
        case ']':
          depth--;
          if (depth == 0) {
            return i + 1;
          }
          break;
        case '"':
          i = endOfString(data, i + 1);
          break;
        default:
      }
    }
    return -1;
  }

  /** Index of the quote that closes the string, or the length of the data. */
  private static int endOfString(byte[] data, int from) {
    int i = from;
    while (i < data.length && data[i] != '"') {
      i += data[i] == '\\' ? 2 : 1;
    }
    return i;
  }

  private static int afterByteOrderMark(byte[] data) {
    boolean marked =
        data.length >= 3
            && data[0] == (byte) 0xef
            && data[1] == (byte) 0xbb
            && data[2] == (byte) 0xbf;
    return marked ? 3 : 0;
  }

  private static int afterSpace(byte[] data, int from) {
    int i = from;
    while (i < data.length && isSpace(data[i])) {
      i++;
    }
    return i;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }
}
