package dev.sluice.replication.drill.report;

import dev.sluice.common.report.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What happened in a sentence, and what is wrong. Immutable. */
final class DrillVerdict {
  private final DrillRun run;
  private final List<String> faults = new ArrayList<>();

  DrillVerdict(DrillRun run) {
    this.run = run;
    DrillTotals totals = run.totals;
    run.interrupted.ifPresent(reason -> faults.add("The drill was interrupted: " + reason));
    fault(totals.lost(), "lost", "Look for them in the dead letters, and in the audit below.");
    fault(
        totals.outOfOrder(), "out of order", "Two copies ran at the same time, or a stale epoch.");
    fault(totals.deadLetters(), "kept as dead letters", "Each has its reason with it.");
    if (run.interrupted.isEmpty() && totals.lost().isEmpty()) {
      faults.add("Nobody has counted whether records are lost.");
    }
    long differing = run.audit.stream().filter(AuditedWindow::differs).count();
    if (differing > 0) {
      faults.add(
          Figures.count(differing, "window")
              + " of the audit "
              + (differing == 1 ? "differs" : "differ")
              + " between the Regions.");
    }
    faults.addAll(run.findings);
  }

  private void fault(OptionalLong records, String what, String advice) {
    long count = records.orElse(0);
    if (count > 0) {
      faults.add(
          Figures.count(count, "record") + (count == 1 ? " is " : " are ") + what + ". " + advice);
    }
  }

  boolean isGood() {
    return faults.isEmpty();
  }

  List<String> faults() {
    return faults;
  }

  String headline() {
    String went =
        outage()
            + run.totals
                .recovery()
                .map(time -> "; writing went on in " + run.away + " after " + seconds(time))
                .orElse("; writing did not go on in " + run.away);
    return went + "; " + lost() + (run.interrupted.isPresent() ? "; interrupted" : "");
  }

  private String outage() {
    return run.first(EventKind.OUTAGE)
        .map(
            outage ->
                run.name(outage.side)
                    + run.first(EventKind.HEALED)
                        .map(
                            healed ->
                                " was lost for "
                                    + seconds(Duration.between(outage.time, healed.time)))
                        .orElse(" was lost"))
        .orElse("No Region was lost");
  }

  private String lost() {
    DrillTotals totals = run.totals;
    if (totals.lost().isEmpty()) {
      return "whether records are lost is not known";
    }
    String of =
        totals.accepted().isPresent()
            ? " of " + Figures.count(totals.accepted().getAsLong(), "record")
            : " records";
    return Figures.count(totals.lost().getAsLong()) + of + " lost";
  }

  private static String seconds(Duration time) {
    return Figures.duration(time);
  }
}
