package dev.sluice.partitioning.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of CSV (RFC 4180) for each JSON object.
 *
 * <p>Text stands as it is, in quotes where it must; numbers and booleans as in JSON; null and a
 * missing field are nothing at all, the empty string is {@code ""}; objects and arrays are compact
 * JSON. Fields that are no column are left out: the columns are what was asked for. A line of one
 * column that is null is {@code ""} as well, since readers skip empty lines.
 */
final class CsvRows implements RowEncoder {
  private static final long serialVersionUID = 1L;
  private static final String LINE_END = "\r\n";

  private final ArrayList<CsvColumn> columns;

  CsvRows(List<CsvColumn> columns) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("CSV must have at least one column");
    }
    this.columns = new ArrayList<>(columns);
  }

  /** The line with the columns' names, its end included. */
  byte[] header() {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      separate(i, line);
      appendText(columns.get(i).name(), line);
    }
    return line.append(LINE_END).toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] lineEnd() {
    return LINE_END.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean readsJson() {
    return true;
  }

  @Override
  public byte[] encode(byte[] data, @Nullable JsonNode json) throws UnfitRecordException {
    if (json == null || !json.isObject()) {
      throw new UnfitRecordException("must be a JSON object");
    }
    StringBuilder line = new StringBuilder(data.length);
    JsonNode exact = null;
    for (int i = 0; i < columns.size(); i++) {
      JsonNode value = columns.get(i).in(json);
      if (value.isDouble() || value.isContainerNode()) {
        exact = exact == null ? ExactJson.read(data) : exact;
        value = columns.get(i).in(exact);
      }
      separate(i, line);
      append(value, line);
    }
    return utf8(line.length() == 0 ? line.append("\"\"") : line);
  }

  private static void append(JsonNode value, StringBuilder line) {
    if (value.isTextual()) {
      appendText(value.textValue(), line);
    } else if (value.isContainerNode()) {
      appendText(value.toString(), line);
    } else if (!value.isNull() && !value.isMissingNode()) {
      line.append(value.asText());
    }
  }

  private static void separate(int column, StringBuilder line) {
    if (column > 0) {
      line.append(',');
    }
  }

  private static void appendText(String text, StringBuilder line) {
    if (!needsQuotes(text)) {
      line.append(text);
      return;
    }
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(c);
      if (c == '"') {
        line.append('"');
      }
    }
    line.append('"');
  }

  /** The empty string too, which would be null otherwise; spaces around, which readers may cut. */
  private static boolean needsQuotes(String text) {
    if (text.isEmpty() || text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ') {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  private static byte[] utf8(StringBuilder line) throws UnfitRecordException {
    try {
      var bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(line));
      byte[] row = new byte[bytes.remaining()];
      bytes.get(row);
      return row;
    } catch (CharacterCodingException e) {
      throw new UnfitRecordException("holds half a surrogate pair, which UTF-8 cannot");
    }
  }
}
