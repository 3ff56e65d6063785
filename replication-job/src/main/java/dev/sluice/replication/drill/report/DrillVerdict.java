package dev.sluice.replication.drill.report;

import dev.sluice.common.report.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What happened in a sentence, and what is wrong with it. Immutable. */
final class DrillVerdict {
  private final DrillRun run;
  private final List<String> faults = new ArrayList<>();

  /** What the headline begins with; empty if all is well. */
  private final List<String> alarms = new ArrayList<>();

  DrillVerdict(DrillRun run) {
    this.run = run;
    interruption();
    records();
    audit();
    faults.addAll(run.findings);
  }

  private void interruption() {
    if (run.interrupted.isEmpty()) {
      return;
    }
    String where =
        run.phases.stream()
            .filter(phase -> phase.end.isEmpty())
            .map(phase -> " in '" + phase.name + "'")
            .findFirst()
            .orElse("");
    alarms.add("The drill was interrupted" + where);
    faults.add(alarms.get(0) + ": " + run.interrupted.get());
  }

  private void records() {
    DrillTotals totals = run.totals;
    if (totals.lost().orElse(0) > 0) {
      alarms.add(lost());
      faults.add(
          lost()
              + ": producers were told that they are stored, and the consumer never saw them. A window of"
              + " the audit that misses records says which Region did not get them; if none does, look at"
              + " the consumer and its dead letters.");
    } else if (totals.lost().isEmpty() && run.interrupted.isEmpty()) {
      alarms.add("It is not known whether records are lost");
      faults.add("Lost records were not counted.");
    }
    if (totals.outOfOrder().orElse(0) > 0) {
      alarms.add(are(totals.outOfOrder(), "out of order"));
      faults.add(
          are(totals.outOfOrder(), "out of order")
              + ": the consumer saw them behind younger ones of their keys. Look for two copies that ran at"
              + " the same time, or a switch home before the copy back was at its end.");
    }
    if (totals.deadLetters().orElse(0) > 0) {
      faults.add(are(totals.deadLetters(), "kept as dead letters") + ": each has its reason.");
    }
    long unaccounted =
        totals.accepted().orElse(0) - totals.inTable().orElse(0) - totals.lost().orElse(0);
    if (totals.inTable().isPresent() && totals.lost().isPresent() && unaccounted != 0) {
      faults.add(
          "Accepted records are not those in the table and those lost: the difference is "
              + Figures.count(unaccounted)
              + ".");
    }
  }

  private void audit() {
    long differing = run.audit.stream().filter(AuditedWindow::differs).count();
    if (differing > 0) {
      String differ =
          Figures.count(differing, "window")
              + " of the audit "
              + (differing == 1 ? "differs" : "differ");
      alarms.add(differ);
      faults.add(differ + ": below, with what is missing or unexpected there.");
    }
  }

  private static String are(OptionalLong records, String what) {
    long count = records.orElse(0);
    return Figures.count(count, "record") + (count == 1 ? " is " : " are ") + what;
  }

  /**
   * Whether the drill went through, and nothing is lost, out of order, kept aside, or different.
   */
  boolean isGood() {
    return faults.isEmpty();
  }

  /** Sentences: what is wrong, and where to look. */
  List<String> faults() {
    return faults;
  }

  /** What is wrong comes first. */
  String headline() {
    List<String> parts = new ArrayList<>(alarms);
    parts.add(outage());
    boolean wrong = !alarms.isEmpty() && run.interrupted.isEmpty();
    if (run.first(EventKind.OUTAGE).isPresent() && !wrong) {
      parts.add(recovery());
    }
    if (run.totals.lost().isPresent() && run.totals.lost().getAsLong() == 0) {
      parts.add(lost());
    }
    return String.join("; ", parts);
  }

  private String outage() {
    return run.first(EventKind.OUTAGE)
        .map(outage -> run.name(outage.side) + " was lost" + outageLength())
        .orElse("no Region was lost");
  }

  private String outageLength() {
    return run.outage().map(time -> " for " + Figures.duration(time)).orElse("");
  }

  private String recovery() {
    if (run.totals.recovery().isPresent()) {
      Duration time = run.totals.recovery().get();
      return "writing went on in " + run.away + " after " + Figures.duration(time);
    }
    return run.first(EventKind.SWITCHED).isPresent()
        ? "when writing went on was not measured"
        : "writing did not go on elsewhere";
  }

  private String lost() {
    String count = Figures.count(run.totals.lost().orElse(0));
    OptionalLong accepted = run.totals.accepted();
    return accepted.isPresent()
        ? count + " of " + Figures.count(accepted.getAsLong(), "record") + " lost"
        : count + " records lost";
  }
}
