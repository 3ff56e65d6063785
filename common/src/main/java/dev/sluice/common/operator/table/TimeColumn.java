package dev.sluice.common.operator.table;

import java.util.List;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.WatermarkSpec;

/** The column of a table whose watermarks come with its rows. */
public final class TimeColumn {
  private TimeColumn() {}

  /**
   * Its name.
   *
   * @throws IllegalArgumentException if the table says nothing of watermarks, or makes its own:
   *     they would be ahead of those of the operator
   */
  public static String of(ResolvedSchema schema, String table) {
    List<WatermarkSpec> watermarks = schema.getWatermarkSpecs();
    if (watermarks.size() != 1 || !comesWithTheRows(watermarks.get(0))) {
      throw new IllegalArgumentException(
          "Table '"
              + table
              + "' must say WATERMARK FOR … AS SOURCE_WATERMARK() of its time, a TIMESTAMP(3)");
    }
    return watermarks.get(0).getRowtimeAttribute();
  }

  private static boolean comesWithTheRows(WatermarkSpec watermark) {
    return watermark
        .getWatermarkExpression()
        .asSerializableString()
        .replace("`", "")
        .equals("SOURCE_WATERMARK()");
  }
}
