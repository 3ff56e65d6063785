package dev.sluice.testing.sql;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Reads cells of a {@link RowsFile} into Flink's own data: {@code NULL}; text as it is or in single
 * quotes; numbers; {@code 2021-08-31 10:00:00.5}, which is UTC where the type has a zone; bytes as
 * {@code x'00ff'}; {@code [a, b]} for arrays, {@code (a, b)} for rows, {@code {k=v}} for maps.
 * Stateless.
 */
final class Cells {
  private Cells() {}

  /**
   * The value of a cell.
   *
   * @throws IllegalArgumentException with the rule that the text breaks
   */
  static @Nullable Object read(String text, LogicalType type) {
    if (text.equals("NULL")) {
      if (!type.isNullable()) {
        throw new IllegalArgumentException("must not be NULL");
      }
      return null;
    }
    try {
      return readValue(text, type);
    } catch (RuntimeException e) { // of a dozen parsers
      throw new IllegalArgumentException(
          "must be " + type.copy(true).asSummaryString() + ", but was '" + text + "'", e);
    }
  }

  private static Object readValue(String text, LogicalType type) {
    switch (type.getTypeRoot()) {
      case CHAR:
      case VARCHAR:
        return StringData.fromString(unquoted(text));
      case BOOLEAN:
        return readBoolean(text);
      case TINYINT:
        return Byte.valueOf(text);
      case SMALLINT:
        return Short.valueOf(text);
      case INTEGER:
        return Integer.valueOf(text);
      case BIGINT:
        return Long.valueOf(text);
      case FLOAT:
        return Float.valueOf(text);
      case DOUBLE:
        return Double.valueOf(text);
      case DECIMAL:
        return readDecimal(text, (DecimalType) type);
      case DATE:
        return (int) LocalDate.parse(text).toEpochDay();
      case TIME_WITHOUT_TIME_ZONE:
        return (int) (LocalTime.parse(text).toNanoOfDay() / 1_000_000);
      case TIMESTAMP_WITHOUT_TIME_ZONE:
        return TimestampData.fromLocalDateTime(readTime(text));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
        return TimestampData.fromInstant(readInstant(text));
      case BINARY:
      case VARBINARY:
        return readBytes(text);
      default:
        return readNested(text, type);
    }
  }

  private static Object readNested(String text, LogicalType type) {
    switch (type.getTypeRoot()) {
      case ARRAY:
        return new GenericArrayData(
            parts(text, '[', ']').stream()
                .map(part -> read(part, ((ArrayType) type).getElementType()))
                .toArray());
      case ROW:
        List<LogicalType> types = ((RowType) type).getChildren();
        List<String> parts = parts(text, '(', ')');
        if (parts.size() != types.size()) {
          throw new IllegalArgumentException("wrong number of fields");
        }
        GenericRowData row = new GenericRowData(types.size());
        for (int i = 0; i < types.size(); i++) {
          row.setField(i, read(parts.get(i), types.get(i)));
        }
        return row;
      case MAP:
        Map<Object, Object> map = new LinkedHashMap<>();
        for (String part : parts(text, '{', '}')) {
          String[] both = part.split("=", 2);
          map.put(
              read(both[0].strip(), ((MapType) type).getKeyType()),
              read(both[1].strip(), ((MapType) type).getValueType()));
        }
        return new GenericMapData(map);
      default:
        throw new IllegalArgumentException("no such type in tests");
    }
  }

  /** Milliseconds since the epoch. */
  static long readMillis(String text) {
    return readInstant(text).toEpochMilli();
  }

  private static Instant readInstant(String text) {
    return text.endsWith("Z")
        ? Instant.parse(text.replace(' ', 'T'))
        : readTime(text).toInstant(ZoneOffset.UTC);
  }

  private static LocalDateTime readTime(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T'));
  }

  private static Boolean readBoolean(String text) {
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return Boolean.valueOf(text);
  }

  private static DecimalData readDecimal(String text, DecimalType type) {
    DecimalData value =
        DecimalData.fromBigDecimal(new BigDecimal(text), type.getPrecision(), type.getScale());
    if (value == null || value.toBigDecimal().compareTo(new BigDecimal(text)) != 0) {
      throw new IllegalArgumentException("too many digits");
    }
    return value;
  }

  private static byte[] readBytes(String text) {
    if (!text.matches("x'([0-9a-fA-F]{2})*'")) {
      return unquoted(text).getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[(text.length() - 3) / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(text.substring(2 + 2 * i, 4 + 2 * i), 16);
    }
    return bytes;
  }

  private static String unquoted(String text) {
    return text.length() > 1 && text.startsWith("'") && text.endsWith("'")
        ? text.substring(1, text.length() - 1).replace("''", "'")
        : text;
  }

  /** Splits at commas outside of brackets and quotes. */
  private static List<String> parts(String text, char open, char close) {
    if (text.length() < 2 || text.charAt(0) != open || text.charAt(text.length() - 1) != close) {
      throw new IllegalArgumentException("no brackets");
    }
    List<String> parts = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int start = 1;
    for (int i = 1; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      quoted = quoted ^ (c == '\'');
      if (!quoted && "[({".indexOf(c) >= 0) {
        depth++;
      } else if (!quoted && "])}".indexOf(c) >= 0) {
        depth--;
      } else if (!quoted && depth == 0 && c == ',') {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    String last = text.substring(start, text.length() - 1).strip();
    if (!last.isEmpty() || !parts.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }
}
