package dev.sluice.common.report.chart;

/** What a chart draws at a given width. */
interface Drawing {
  /** Height for that width, both in CSS pixels. */
  double height(double width);

  void draw(Canvas canvas);
}
