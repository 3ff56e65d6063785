package dev.sluice.benchmarks.sql;

/** A form of the drop alert at a price shape and a number of open rows. */
record DropCell(PriceShape shape, int openRows, Form form) {
  @Override
  public String toString() {
    return shape + " " + openRows + ", " + form.title;
  }
}
