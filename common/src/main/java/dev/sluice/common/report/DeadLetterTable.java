package dev.sluice.common.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Dead letters by reason, the most frequent reason first, each with examples. */
public final class DeadLetterTable implements Piece {
  /** Of the section, for links. */
  public static final String ID = "dead-letters";

  private static final int REASONS = 20;

  private final DeadLetterGroups letters;
  private final String noun;
  private final String failed;
  private final String none;

  /**
   * A table.
   *
   * @param noun what a dead letter is: {@code image}
   * @param failed what it was not: {@code not classified}
   * @param none the sentence if there are no dead letters
   */
  public DeadLetterTable(DeadLetterGroups letters, String noun, String failed, String none) {
    this.letters = letters;
    this.noun = noun;
    this.failed = failed;
    this.none = none;
  }

  @Override
  public void write(Markup html) {
    List<Map.Entry<String, Long>> reasons = letters.countsByReason();
    String caption =
        reasons.isEmpty()
            ? none
            : String.format(
                "%s %s, for %s.",
                Figures.count(letters.total(), noun),
                failed,
                Figures.count(reasons.size(), "reason"));
    new Section(ID, "Dead letters", caption, body -> table(body, reasons)).write(html);
  }

  private void table(Markup html, List<Map.Entry<String, Long>> reasons) {
    if (reasons.isEmpty()) {
      return;
    }
    html.open("table", "class", "letters").open("thead").open("tr");
    html.element(
        "th", noun.substring(0, 1).toUpperCase(Locale.ROOT) + noun.substring(1), "scope", "col");
    html.element("th", "Message", "scope", "col");
    html.element("th", "Size", "scope", "col", "class", "number").close("tr").close("thead");
    for (Map.Entry<String, Long> reason : reasons.subList(0, Math.min(REASONS, reasons.size()))) {
      group(html, reason.getKey(), reason.getValue());
    }
    html.close("table");
    if (reasons.size() > REASONS) {
      html.element("p", "And " + (reasons.size() - REASONS) + " more reasons.", "class", "note");
    }
  }

  private void group(Markup html, String reason, long count) {
    List<DeadLetterGroups.Row> rows = letters.rows(reason);
    html.open("tbody").open("tr", "class", "reason");
    html.open("th", "colspan", "3", "scope", "rowgroup").element("code", reason);
    html.element("span", Figures.count(count), "class", "pill");
    if (rows.size() < count) {
      String first =
          rows.size() == 1 ? "the first by path" : "the first " + rows.size() + " by path";
      html.element("span", first, "class", "note");
    }
    html.close("th").close("tr");
    for (DeadLetterGroups.Row row : rows) {
      html.open("tr").open("td").element("bdi", Figures.shortName(row.source), "class", "name");
      html.element("bdi", row.source, "class", "path").close("td");
      html.open("td").element("bdi", row.message);
      if (!row.payload.isEmpty()) {
        html.element("code", row.payload, "class", "payload");
      }
      html.close("td");
      html.element("td", Figures.bytes(row.size), "class", "number").close("tr");
    }
    html.close("tbody");
  }
}
