package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.ForkedJvm;
import dev.sluice.benchmarks.measure.Measurement;
import dev.sluice.benchmarks.measure.Stretch;
import dev.sluice.benchmarks.measure.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where queries and forms of the drop alert run. */
final class Arena {
  private final Workspace workspace;
  private final Duration interval;
  private final String heap;

  /**
   * @param interval between checkpoints of the drop alert
   * @param heap as -Xmx has it
   */
  Arena(Workspace workspace, Duration interval, String heap) {
    this.workspace = workspace;
    this.interval = interval;
    this.heap = heap;
  }

  /** All pairs of a query, in a JVM of a fixed heap. */
  Overhead compare(Query query, OverheadPlan plan) throws IOException, InterruptedException {
    List<String> jvm = new ArrayList<>(Stretch.JVM_OPTIONS);
    jvm.addAll(List.of("-Xms" + heap, "-Xmx" + heap));
    List<String> args = new ArrayList<>(List.of(query.name(), workspace.output().toString()));
    args.addAll(plan.words());
    ForkedJvm.Exit exit =
        workspace
            .prepared()
            .run("overhead-" + query, jvm, OverheadProcess.class, args.toArray(String[]::new));
    workspace.clear();
    return exit.failure().isPresent()
        ? Overhead.failed(query, Workspace.inShort(exit.failure().get()))
        : Overhead.of(query, exit.lines());
  }

  /**
   * One run of the drop alert.
   *
   * @param limit after which it is ended
   */
  Taken measure(DropCell cell, Duration limit, long warmUp, long counting)
      throws IOException, InterruptedException {
    List<String> what =
        List.of(cell.form().name(), cell.shape().name(), Integer.toString(cell.openRows()));
    List<String> args = new ArrayList<>(List.of(workspace.output().toString()));
    args.add(Long.toString(limit.toSeconds()));
    args.add(Long.toString(interval.toMillis()));
    args.add(Long.toString(warmUp));
    args.add(Long.toString(counting));
    args.addAll(what);
    ForkedJvm.Attempt attempt =
        workspace
            .prepared()
            .attempt(
                "drops-" + String.join("-", what),
                List.of("-Xmx" + heap),
                SqlProcess.class,
                args.toArray(String[]::new));
    workspace.clear();
    return new Taken(attempt.measurement(), note(attempt, limit));
  }

  private static String note(ForkedJvm.Attempt attempt, Duration limit) {
    if (attempt.measurement().isEmpty()) {
      return "failed: " + Workspace.inShort(attempt.failure().orElse(""));
    }
    Measurement measurement = attempt.measurement().get();
    if (measurement.isFinished()) {
      return "";
    }
    if (measurement.elements() == 0) {
      return String.format("nothing done in %d s: start it with a longer limit", limit.toSeconds());
    }
    return String.format(
        measurement.results() == Measurement.COLD
            ? "not ended in %d s, nor its warm-up: start and all are in the figures"
            : "not ended in %d s; the rate is that so far",
        limit.toSeconds());
  }
}
