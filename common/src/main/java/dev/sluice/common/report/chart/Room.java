package dev.sluice.common.report.chart;

/** How much of a page's width a drawing has, on a desktop and on a phone, in CSS pixels. */
enum Room {
  CARD(468, 316),
  PAGE(1056, 354);

  final double wide;
  final double narrow;

  Room(double wide, double narrow) {
    this.wide = wide;
    this.narrow = narrow;
  }
}
