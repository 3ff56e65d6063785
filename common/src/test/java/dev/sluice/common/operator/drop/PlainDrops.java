package dev.sluice.common.operator.drop;

import java.util.ArrayList;
import java.util.List;

/** Finds drops by looking at all pairs of rows: slow, and plain enough to be believed. */
public final class PlainDrops {
  /** A price at a time. */
  public record Row(long time, double price) {}

  /** A fall from one row to a later one. */
  public record Drop(Row from, Row to) {}

  private PlainDrops() {}

  /**
   * The drops in the rows of one key.
   *
   * @param rows in the order of event time
   */
  public static List<Drop> of(List<Row> rows, double drop, long withinMillis) {
    List<Drop> found = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Row highest = null;
      for (int j = first; j < i; j++) {
        Row earlier = rows.get(j);
        boolean counts = row.time - earlier.time < withinMillis && earlier.price >= drop;
        if (counts && (highest == null || earlier.price > highest.price)) {
          highest = earlier;
        }
      }
      if (highest != null && row.price <= highest.price - drop) {
        found.add(new Drop(highest, row));
        first = i + 1;
      }
    }
    return found;
  }
}
