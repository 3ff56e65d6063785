package dev.sluice.common.report.chart;

import dev.sluice.common.report.Markup;
import java.util.List;

/** What the colours of a chart mean; text, so that it wraps where a page is narrow. */
final class Legend {
  /** Colours in the style sheet; there are no more, because more are not told apart. */
  static final int COLOURS = 6;

  private Legend() {}

  static void write(Markup html, List<String> names) {
    html.open("ul", "class", "legend");
    for (int i = 0; i < names.size(); i++) {
      html.open("li").open("span", "class", "swatch " + colour(i)).close("span");
      html.element("bdi", names.get(i)).close("li");
    }
    html.close("ul");
  }

  /** A class of the style sheet; the last one is for the rest. */
  static String colour(int index) {
    return index < COLOURS ? "c" + (index + 1) : "rest";
  }
}
