package dev.sluice.benchmarks.partitions;

import dev.sluice.benchmarks.measure.ForkedJvm;
import dev.sluice.benchmarks.measure.Measurement;
import dev.sluice.benchmarks.measure.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where contestants run, and where what they have written is looked at. */
final class Arena {
  private final Workspace workspace;
  private final Duration interval;

  /**
   * @param interval between checkpoints
   */
  Arena(Workspace workspace, Duration interval) {
    this.workspace = workspace;
    this.interval = interval;
  }

  /**
   * One run.
   *
   * @param limit after which it is ended
   */
  Taken measure(Entrant entrant, Cell cell, Duration limit)
      throws IOException, InterruptedException {
    Workload workload = cell.workload;
    ForkedJvm jvm = workspace.prepared();
    List<String> args = new ArrayList<>();
    args.addAll(List.of(entrant.contestant(), workspace.output().toString()));
    args.addAll(List.of(Long.toString(limit.toSeconds()), Long.toString(interval.toMillis())));
    args.addAll(workload.arguments());
    ForkedJvm.Attempt attempt =
        jvm.attempt(
            String.format(
                Locale.ROOT, "%s-%d-%s", entrant.name(), workload.partitions(), workload.skew()),
            List.of("-Xmx" + cell.heap),
            ContestantProcess.class,
            args.toArray(String[]::new));
    try {
      return taken(attempt, cell, limit);
    } finally {
      workspace.clear();
    }
  }

  private Taken taken(ForkedJvm.Attempt attempt, Cell cell, Duration limit) throws IOException {
    if (attempt.measurement().isEmpty()) {
      return new Taken(Optional.empty(), 0, inShort(attempt.failure().orElse("")));
    }
    Measurement measurement = attempt.measurement().get();
    if (!measurement.isFinished()) {
      String what =
          measurement.results() == Measurement.COLD
              ? "warm-up not done after %d s, and ended: its start is part of the figures"
              : "not done after %d s, and ended";
      return new Taken(attempt.measurement(), 0, String.format(what, limit.toSeconds()));
    }
    WrittenObjects written =
        WrittenObjects.in(workspace.output().resolve("results"), cell.histogram);
    return new Taken(attempt.measurement(), written.objects(), written.mistakes());
  }

  private static String inShort(String failure) {
    if (failure.contains("Too many open files")) {
      return "failed: too many open files";
    }
    return Workspace.inShort(failure);
  }
}
