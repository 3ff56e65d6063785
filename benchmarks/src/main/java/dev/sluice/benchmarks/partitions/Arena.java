package dev.sluice.benchmarks.partitions;

import dev.sluice.benchmarks.measure.ForkedJvm;
import dev.sluice.benchmarks.measure.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where contestants run: one JVM after the other, into a folder that is emptied in between. */
final class Arena {
  /** What Flink's scripts open on JDK 17; everybody gets it. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "-XX:+ExitOnOutOfMemoryError",
          "-Djava.awt.headless=true",
          "-Dlog4j2.configurationFile=log4j2-benchmarks.properties");

  private static final Pattern CAUSE =
      Pattern.compile("OutOfMemoryError[^\\n]*|Caused by: [^\\n]*");

  private final Path output;
  private final Duration interval;
  private final ForkedJvm jvm;

  /**
   * @param output for what is written, and Flink's checkpoints
   * @param logs of the processes
   * @param interval between checkpoints
   */
  Arena(Path output, Path logs, Duration interval, List<String> jvmOptions) {
    this.output = output;
    this.interval = interval;
    List<String> options = new ArrayList<>(JVM_OPTIONS);
    options.add("-Djava.io.tmpdir=" + output.resolve("tmp"));
    options.addAll(jvmOptions);
    this.jvm = new ForkedJvm(logs, options);
  }

  /**
   * One run.
   *
   * @param limit after which it is ended
   */
  Taken measure(Entrant entrant, Cell cell, Duration limit)
      throws IOException, InterruptedException {
    Workload workload = cell.workload;
    delete();
    Files.createDirectories(output.resolve("tmp"));
    Files.createDirectories(output.resolve("none"));
    List<String> args = new ArrayList<>();
    args.addAll(List.of(entrant.contestant(), output.toString()));
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
      delete();
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
    WrittenObjects written = WrittenObjects.in(output.resolve("results"), cell.histogram);
    return new Taken(attempt.measurement(), written.objects(), written.mistakes());
  }

  private static String inShort(String failure) {
    if (failure.contains("Too many open files")) {
      return "failed: too many open files";
    }
    Matcher cause = CAUSE.matcher(failure);
    return cause.find() ? cause.group() : failure.lines().findFirst().orElse("failed");
  }

  private void delete() throws IOException {
    if (!Files.exists(output)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(output)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
