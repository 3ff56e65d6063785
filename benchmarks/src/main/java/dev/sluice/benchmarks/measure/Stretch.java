package dev.sluice.benchmarks.measure;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run needed for its steady part; its start and its end apart.
 *
 * <p>For runs in one JVM, which must have the options of {@link #JVM_OPTIONS}: garbage of earlier
 * ones is collected before, and not counted.
 *
 * @param results of the whole run
 * @param elements of the steady part
 * @param seconds of wall time for them
 * @param cpuSeconds of all threads of the process for them, but those that compile byte code: when
 *     a method gets hot, and in whose run, is chance
 * @param compilerSeconds CPU time of those
 * @param restSeconds before and after them
 * @param restCpuSeconds before and after them
 */
public record Stretch(
    long results,
    long elements,
    double seconds,
    double cpuSeconds,
    double compilerSeconds,
    double restSeconds,
    double restCpuSeconds) {

  /** More than any run has. */
  public static final long ALL = Long.MAX_VALUE;

  public static final List<String> JVM_OPTIONS =
      List.of("-XX:+UseG1GC", "-XX:+AlwaysPreTouch", CompilerThreads.FIXED);

  /**
   * Runs a contestant.
   *
   * @param from elements that are done when the steady part begins
   * @param to elements that are done when it ends; {@link #ALL} for the end of the run
   */
  public static Stretch take(Contestant contestant, long from, long to, Path input, Path output)
      throws Exception {
    System.gc();
    Path results = output.resolve("results");
    CompilerThreads compiler = CompilerThreads.find();
    try (WarmUp before = new WarmUp(contestant, from, done -> Mark.now(done, compiler));
        WarmUp until = new WarmUp(contestant, to, done -> Mark.now(done, compiler))) {
      Mark begin = Mark.now(0, compiler);
      contestant.run(input, results, output.resolve("checkpoints"));
      Mark end = Mark.now(contestant.done(), compiler);
      Mark first = before.end();
      Mark last = to == ALL ? end : until.end();
      long counted = last.ownCpuNanosSince(first);
      return new Stretch(
          contestant.work(results).elements(),
          last.done() - first.done(),
          (last.nanos() - first.nanos()) / 1e9,
          counted / 1e9,
          (last.compilerNanos() - first.compilerNanos()) / 1e9,
          (end.nanos() - begin.nanos() - (last.nanos() - first.nanos())) / 1e9,
          (end.ownCpuNanosSince(begin) - counted) / 1e9);
    }
  }

  public double cpuMicros() {
    return 1e6 * cpuSeconds / elements;
  }

  public double micros() {
    return 1e6 * seconds / elements;
  }

  /** A line, to read with {@link #of}. */
  public String line() {
    return String.join(
        " ",
        Long.toString(results),
        Long.toString(elements),
        Double.toString(seconds),
        Double.toString(cpuSeconds),
        Double.toString(compilerSeconds),
        Double.toString(restSeconds),
        Double.toString(restCpuSeconds));
  }

  /** Reads a {@link #line}. */
  public static Stretch of(String line) {
    String[] words = line.split(" ", -1);
    return new Stretch(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]),
        Double.parseDouble(words[4]),
        Double.parseDouble(words[5]),
        Double.parseDouble(words[6]));
  }
}
