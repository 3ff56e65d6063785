package dev.sluice.testing.sql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/** Writes Flink's own data as cells, each value in one way only. Immutable. */
final class CellText {
  /** Digits behind the point of FLOAT and DOUBLE; negative for all that there are. */
  private final int digits;

  CellText(int digits) {
    this.digits = digits;
  }

  /** A cell for each field. */
  List<String> of(RowData row, List<LogicalType> types) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      cells.add(of(RowData.createFieldGetter(types.get(i), i).getFieldOrNull(row), types.get(i)));
    }
    return cells;
  }

  private String of(@Nullable Object value, LogicalType type) {
    if (value == null) {
      return "NULL";
    }
    switch (type.getTypeRoot()) {
      case CHAR:
      case VARCHAR:
        return text(value.toString());
      case FLOAT:
      case DOUBLE:
        return number((Number) value);
      case DATE:
        return LocalDate.ofEpochDay((Integer) value).toString();
      case TIME_WITHOUT_TIME_ZONE:
        return LocalTime.ofNanoOfDay((Integer) value * 1_000_000L).toString();
      case TIMESTAMP_WITHOUT_TIME_ZONE:
        return time(((TimestampData) value).toLocalDateTime());
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
        return time(((TimestampData) value).toLocalDateTime()) + "Z";
      case BINARY:
      case VARBINARY:
        return bytes((byte[]) value);
      case ARRAY:
        return elements((ArrayData) value, ((ArrayType) type).getElementType()).stream()
            .collect(Collectors.joining(", ", "[", "]"));
      case ROW:
        return "(" + String.join(", ", of((RowData) value, ((RowType) type).getChildren())) + ")";
      case MAP:
        return map((MapData) value, (MapType) type);
      default:
        return value.toString();
    }
  }

  /** In quotes only if it could be read as something else. */
  private static String text(String text) {
    boolean plain =
        !text.isEmpty()
            && text.equals(text.strip())
            && !text.equals("NULL")
            && text.chars().noneMatch(c -> c == '|' || c == '\'' || c < ' ')
            && !text.startsWith("#")
            && !text.startsWith("@");
    return plain ? text : "'" + text.replace("'", "''").replace("\n", "\\n") + "'";
  }

  private String number(Number value) {
    double number = value.doubleValue();
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return value.toString();
    }
    BigDecimal exact = new BigDecimal(value.toString());
    BigDecimal rounded =
        digits < 0 || exact.scale() <= digits
            ? exact
            : exact.setScale(digits, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static String time(LocalDateTime time) {
    String text = time.toString().replace('T', ' ');
    return text.length() == "2021-08-31 10:00".length() ? text + ":00" : text;
  }

  private static String bytes(byte[] bytes) {
    StringBuilder text = new StringBuilder("x'");
    for (byte b : bytes) {
      text.append(String.format("%02x", b & 0xff));
    }
    return text.append('\'').toString();
  }

  private List<String> elements(ArrayData array, LogicalType type) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(type);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      texts.add(of(getter.getElementOrNull(array, i), type));
    }
    return texts;
  }

  private String map(MapData map, MapType type) {
    List<String> keys = elements(map.keyArray(), type.getKeyType());
    List<String> values = elements(map.valueArray(), type.getValueType());
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      entries.add(keys.get(i) + "=" + values.get(i));
    }
    return entries.stream().sorted().collect(Collectors.joining(", ", "{", "}"));
  }
}
