package dev.sluice.common.record;

import java.util.Arrays;
import java.util.Base64;

/**
 * Takes a record apart at a delimiter, as Firehose's de-aggregation of type {@code DELIMITED} does,
 * without its limit of 500 pieces.
 *
 * <p>Delimiters are found from left to right and belong to no piece. Nothing between two of them,
 * before the first or behind the last is no piece either.
 */
public final class DelimiterSplitter implements RecordSplitter {
  private static final long serialVersionUID = 1L;

  private final byte[] delimiter;

  /**
   * A splitter at these bytes.
   *
   * @throws IllegalArgumentException if there are none
   */
  public DelimiterSplitter(byte[] delimiter) {
    if (delimiter.length == 0) {
      throw new IllegalArgumentException("Delimiter must have at least one byte");
    }
    this.delimiter = delimiter.clone();
  }

  /**
   * With the delimiter in the form in which Firehose takes it.
   *
   * @param delimiter in base64, {@code IyMjIw==} for {@code ####}
   * @throws IllegalArgumentException if it is not base64 or empty
   */
  public static DelimiterSplitter ofBase64(String delimiter) {
    try {
      return new DelimiterSplitter(Base64.getDecoder().decode(delimiter));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Delimiter must be base64 of at least one byte, but was '" + delimiter + "'", e);
    }
  }

  @Override
  public void split(byte[] data, Pieces pieces) throws Exception {
    boolean found = false;
    int from = 0;
    while (from < data.length) {
      int to = nextDelimiter(data, from);
      if (to > from) {
        found = true;
        pieces.piece(to - from == data.length ? data : Arrays.copyOfRange(data, from, to));
      }
      from = to + delimiter.length;
    }
    if (!found) {
      pieces.broken(data, "Record holds nothing but delimiters");
    }
  }

  /** Where the next delimiter begins, or the length of the data. */
  private int nextDelimiter(byte[] data, int from) {
    int last = data.length - delimiter.length;
    for (int i = from; i <= last; i++) {
      if (data[i] == delimiter[0]
          && Arrays.equals(data, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
        return i;
      }
    }
    return data.length;
  }
}
