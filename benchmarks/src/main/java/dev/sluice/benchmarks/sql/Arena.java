package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.ForkedJvm;
import dev.sluice.benchmarks.measure.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
      Pattern.compile("OutOfMemoryError[^\\n]*|IllegalStateException: [^\\n]*|Caused by: [^\\n]*");

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
   * @param what as {@link SqlProcess#main} has it at its end
   */
  Taken measure(String kind, Duration limit, long warmUp, long counting, List<String> what)
      throws IOException, InterruptedException {
    delete();
    Files.createDirectories(output.resolve("tmp"));
    Files.createDirectories(output.resolve("none"));
    List<String> args = new ArrayList<>(List.of(kind, output.toString()));
    args.add(Long.toString(limit.toSeconds()));
    args.add(Long.toString(interval.toMillis()));
    args.add(Long.toString(warmUp));
    args.add(Long.toString(counting));
    args.addAll(what);
    ForkedJvm.Attempt attempt =
        jvm.attempt(
            kind + "-" + String.join("-", what),
            List.of(),
            SqlProcess.class,
            args.toArray(String[]::new));
    delete();
    return new Taken(attempt.measurement(), note(attempt, limit));
  }

  private static String note(ForkedJvm.Attempt attempt, Duration limit) {
    if (attempt.measurement().isEmpty()) {
      String failure = attempt.failure().orElse("");
      Matcher cause = CAUSE.matcher(failure);
      return "failed: " + (cause.find() ? cause.group() : failure.lines().findFirst().orElse(""));
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
