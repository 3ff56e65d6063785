package dev.sluice.common.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table with a head; the first column names its rows. With bars, rows are close together as in a
 * chart. Not thread-safe.
 */
public final class Table implements Piece {
  private static final int BRIEF = 12;
  private static final int MANY = 5;

  private final List<String> heads;
  private final List<Row> rows = new ArrayList<>();

  private Table(List<String> heads) {
    this.heads = heads;
  }

  /** A table with these columns. */
  public static Table of(String... heads) {
    return new Table(List.of(heads));
  }

  /**
   * Adds a row.
   *
   * @param name in the first column
   * @param cells of the other columns, of the same kind in all rows
   * @throws IllegalArgumentException if there are not as many as columns
   */
  public Table row(String name, Cell... cells) {
    if (cells.length + 1 != heads.size()) {
      throw new IllegalArgumentException(
          "A row must have " + heads.size() + " cells, but has " + (cells.length + 1));
    }
    rows.add(new Row(name, List.of(cells)));
    return this;
  }

  @Override
  public void write(Markup html) {
    List<Cell> first = rows.isEmpty() ? List.of() : rows.get(0).cells;
    html.open("table", "class", first.stream().anyMatch(Cell::isBar) ? "bars" : kind());
    html.open("thead").open("tr").element("th", heads.get(0), "scope", "col");
    for (int i = 1; i < heads.size(); i++) {
      Cell cell = rows.isEmpty() ? Cell.text("") : first.get(i - 1);
      String kind = cell.isNumber() ? "number" : cell.isBar() ? "track" : "text";
      html.element("th", heads.get(i), "scope", "col", "class", kind);
    }
    html.close("tr").close("thead").open("tbody");
    for (Row row : rows) {
      html.open("tr").open("th", "scope", "row").open("bdi");
      name(html, row.name);
      html.close("bdi").close("th");
      row.cells.forEach(cell -> cell.write(html));
      html.close("tr");
    }
    html.close("tbody").close("table");
  }

  /** On a phone, short names stay whole, and what is still too wide scrolls. */
  private String kind() {
    boolean brief = rows.stream().allMatch(row -> row.name.length() <= BRIEF);
    return "rows" + (brief ? " brief" : "") + (heads.size() >= MANY ? " many" : "");
  }

  /** A path is broken behind a slash where there is no room for it. */
  private static void name(Markup html, String name) {
    int start = 0;
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', start)) {
      html.text(name.substring(start, slash + 1)).empty("wbr");
      start = slash + 1;
    }
    html.text(name.substring(start));
  }

  private static final class Row {
    final String name;
    final List<Cell> cells;

    Row(String name, List<Cell> cells) {
      this.name = name;
      this.cells = cells;
    }
  }
}
