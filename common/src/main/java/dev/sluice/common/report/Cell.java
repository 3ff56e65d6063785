package dev.sluice.common.report;

import java.util.Locale;

/** What stands in a cell of a {@link Table}. Immutable. */
public final class Cell {
  private enum Kind {
    TEXT,
    NAME,
    WRONG,
    NUMBER,
    BAR
  }

  private final Kind kind;
  private final String text;
  private final double share;

  private Cell(Kind kind, String text, double share) {
    this.kind = kind;
    this.text = text;
    this.share = share;
  }

  /** Text, to the left. */
  public static Cell text(String text) {
    return new Cell(Kind.TEXT, text, 0);
  }

  /** A short name, which is not broken. */
  public static Cell name(String name) {
    return new Cell(Kind.NAME, name, 0);
  }

  /** Text that tells of something wrong. */
  public static Cell wrong(String text) {
    return new Cell(Kind.WRONG, text, 0);
  }

  /** A number as {@link Figures} writes it, to the right. */
  public static Cell number(String number) {
    return new Cell(Kind.NUMBER, number, 0);
  }

  /**
   * A bar whose length is a share of the column; the number that it shows is in a cell of its own.
   *
   * @param share 0 to 1
   */
  public static Cell bar(double share) {
    return new Cell(Kind.BAR, "", Math.max(0, Math.min(1, share)));
  }

  boolean isNumber() {
    return kind == Kind.NUMBER;
  }

  boolean isBar() {
    return kind == Kind.BAR;
  }

  void write(Markup html) {
    switch (kind) {
      case NUMBER:
        html.element("td", text, "class", "number");
        break;
      case NAME:
        html.open("td", "class", "whole").element("bdi", text).close("td");
        break;
      case WRONG:
        html.open("td", "class", "wrong").element("bdi", text).close("td");
        break;
      case BAR:
        html.open("td", "class", "track").open("span", "class", "track-bar");
        html.open("span", "style", width(share)).close("span").close("span").close("td");
        break;
      default:
        html.open("td").element("bdi", text).close("td");
    }
  }

  /** A style that makes an element as wide as a share of its room. */
  public static String width(double share) {
    return String.format(Locale.ROOT, "width:%.1f%%", 100 * Math.max(0, Math.min(1, share)));
  }
}
