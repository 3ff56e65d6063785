package dev.sluice.common.report;

/** A part of a page that can be written: a section, a table, a chart. */
@FunctionalInterface
public interface Piece {
  /** Writes well-formed markup: what it opens it closes. */
  void write(Markup html);
}
