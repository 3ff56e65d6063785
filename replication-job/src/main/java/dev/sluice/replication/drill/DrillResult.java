package dev.sluice.replication.drill;

import dev.sluice.replication.drill.report.DrillSummary;
import dev.sluice.replication.drill.report.DrillTotals;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** What a drill came to. Immutable. */
public final class DrillResult {
  private final DrillSummary summary;
  private final DrillTotals totals;
  private final Duration seenAfter;

  DrillResult(DrillSummary summary, DrillTotals totals, Duration seenAfter) {
    this.summary = summary;
    this.totals = totals;
    this.seenAfter = seenAfter;
  }

  /** Whether nothing is lost, out of order, or unlike what it must be. */
  public boolean isGood() {
    return summary.isGood();
  }

  public DrillTotals totals() {
    return totals;
  }

  /** From the loss of home until the consumer's table had a record of the other Region. */
  public Duration seenAfter() {
    return seenAfter;
  }

  /** For the terminal. */
  public String text() {
    StringBuilder text = new StringBuilder();
    totals
        .detection()
        .ifPresent(time -> line(text, "Outage known after", DrillTeller.seconds(time)));
    totals.recovery().ifPresent(time -> line(text, "Writing again after", recovered(time)));
    totals.backlog().ifPresent(time -> line(text, "Left at home", left(time)));
    if (totals.lost().isPresent()) {
      line(
          text,
          "Records",
          count(totals.produced())
              + " produced, "
              + count(totals.accepted())
              + " accepted, "
              + count(totals.inTable())
              + " in the table, "
              + count(totals.lost())
              + " lost");
      line(
          text,
          "Copies",
          count(totals.repeated())
              + " repeated, "
              + count(totals.outOfOrder())
              + " out of order, "
              + count(totals.deadLetters())
              + " dead letters");
    }
    return text.append(summary.text()).toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-20s %s%n", name, value));
  }

  private String recovered(Duration time) {
    return DrillTeller.seconds(time)
        + " (RTO); prices again after "
        + DrillTeller.seconds(seenAfter);
  }

  private String left(Duration time) {
    return count(totals.backlogRecords())
        + " records of the last "
        + DrillTeller.seconds(time)
        + ", copied when it was back: RPO 0, and this if it had not come back";
  }

  private static String count(OptionalLong count) {
    return count.isPresent() ? Long.toString(count.getAsLong()) : "?";
  }
}
