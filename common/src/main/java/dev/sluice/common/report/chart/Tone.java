package dev.sluice.common.report.chart;

/** What a colour of a {@link Timeline} says. */
public enum Tone {
  /** What the reader looks for first. */
  MAIN("main"),
  /** Beside it. */
  OTHER("other"),
  /** It is as it should be, and nothing happens. */
  QUIET("quiet"),
  /** On purpose, and not for long. */
  HELD("held"),
  /** Wrong. */
  WRONG("wrong");

  /** Class in the style sheet. */
  final String style;

  Tone(String style) {
    this.style = style;
  }
}
