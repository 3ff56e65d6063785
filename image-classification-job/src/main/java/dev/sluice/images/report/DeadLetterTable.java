package dev.sluice.images.report;

import java.util.List;
import java.util.Map;

/** Dead letters by reason. */
final class DeadLetterTable {
  static final String ID = "dead-letters";

  private static final int REASONS = 20;

  private final DeadLetterGroups letters;

  DeadLetterTable(DeadLetterGroups letters) {
    this.letters = letters;
  }

  void write(Markup html) {
    html.open("section", "id", ID).open("div", "class", "heading");
    html.element("h2", "Dead letters");
    if (letters.total() == 0) {
      html.element("p", "None: each image that was read was classified.", "class", "note");
      html.close("div").close("section");
      return;
    }
    List<Map.Entry<String, Long>> reasons = letters.countsByReason();
    html.element("p", caption(reasons.size()), "class", "note").close("div");
    html.open("table", "class", "letters").open("thead").open("tr");
    html.element("th", "Image", "scope", "col").element("th", "Message", "scope", "col");
    html.element("th", "Size", "scope", "col", "class", "number").close("tr").close("thead");
    for (Map.Entry<String, Long> reason : reasons.subList(0, Math.min(REASONS, reasons.size()))) {
      group(html, reason.getKey(), reason.getValue());
    }
    html.close("table");
    if (reasons.size() > REASONS) {
      html.element("p", "And " + (reasons.size() - REASONS) + " more reasons.", "class", "note");
    }
    html.close("section");
  }

  private String caption(int reasons) {
    return String.format(
        "%s not classified, for %s.",
        Figures.count(letters.total(), "image"), Figures.count(reasons, "reason"));
  }

  private void group(Markup html, String reason, long count) {
    List<DeadLetterGroups.Row> rows = letters.rows(reason);
    html.open("tbody").open("tr", "class", "reason");
    html.open("th", "colspan", "3", "scope", "rowgroup").element("code", reason);
    html.element("span", Figures.count(count), "class", "pill");
    if (rows.size() < count) {
      html.element("span", "the first " + rows.size() + " by path", "class", "note");
    }
    html.close("th").close("tr");
    for (DeadLetterGroups.Row row : rows) {
      html.open("tr").open("td").element("bdi", Labels.shortName(row.source), "class", "name");
      html.element("bdi", row.source, "class", "path").close("td");
      html.open("td").element("bdi", row.message).close("td");
      html.element("td", Figures.bytes(row.size), "class", "number").close("tr");
    }
    html.close("tbody");
  }
}
