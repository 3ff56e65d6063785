package dev.sluice.benchmarks.measure;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What one process needed for a contestant's work.
 *
 * <p>One rule for every contestant: counting starts when the first so many elements of its one run
 * are done, so that starting a cluster, loading a model and compiling byte code do not count; it
 * ends when the run has ended in order, with all results in finished files, the last checkpoint
 * taken and the cluster stopped. CPU time is that of all threads of the process, garbage collector
 * and compiler included. Peak memory is that of the whole process.
 *
 * @param results of the whole run, warm-up included
 * @param batches of the whole run; 0 if unknown
 * @param elements that count
 * @param seconds of wall time for them
 * @param cpuSeconds of all threads for them
 * @param peakMebibytes resident set at its highest
 * @param checkpointBytes of the largest checkpoint; 0 if there was none
 * @param liveHeapMebibytes that a collection left at most while the work was done: of those that
 *     the JVM makes by itself, so garbage that they passed over is part of it; with {@link
 *     #LIVE_HEAP_PROPERTY} of full ones, which cost CPU time
 */
public record Measurement(
    long results,
    long batches,
    long elements,
    double seconds,
    double cpuSeconds,
    double peakMebibytes,
    long checkpointBytes,
    double liveHeapMebibytes) {

  /** System property: whether all garbage is collected now and then. */
  public static final String LIVE_HEAP_PROPERTY = "sluice.benchmarks.live-heap";

  private static final Path STATUS = Path.of("/proc/self/status");

  public double perSecond() {
    return elements / seconds;
  }

  public double perCpuSecond() {
    return elements / cpuSeconds;
  }

  public double meanBatch() {
    return batches == 0 ? 0 : (double) results / batches;
  }

  /** Results of a run that was ended at its limit. */
  public static final long UNFINISHED = -1;

  /** Results of a run that was ended before its warm-up; then all that was done counts. */
  public static final long COLD = -2;

  /**
   * A time after which a run is ended, and its process with it.
   *
   * @param report gets what was done until then; its results are {@link #UNFINISHED} or {@link
   *     #COLD}
   */
  public record Limit(Duration time, Report report) {
    /** Takes a measurement away. */
    @FunctionalInterface
    public interface Report {
      void accept(Measurement measurement) throws IOException;
    }
  }

  /** Whether the run came to its own end. */
  public boolean isFinished() {
    return results >= 0;
  }

  /**
   * Runs a contestant in this process.
   *
   * @param warmUp elements that do not count
   */
  public static Measurement take(Contestant contestant, long warmUp, Path input, Path output)
      throws Exception {
    return take(contestant, warmUp, input, output, Optional.empty());
  }

  /**
   * Runs a contestant in this process, for a limited time.
   *
   * @param warmUp elements that do not count; if not even they are done in time, they do
   */
  public static Measurement take(
      Contestant contestant, long warmUp, Path input, Path output, Optional<Limit> limit)
      throws Exception {
    Path checkpoints = output.resolve("checkpoints");
    Mark begin = Mark.now(0);
    try (CheckpointWatch sizes = new CheckpointWatch(checkpoints);
        LiveHeapWatch heap = new LiveHeapWatch();
        WarmUp warmingUp = new WarmUp(contestant, warmUp)) {
      heap.start(Boolean.getBoolean(LIVE_HEAP_PROPERTY));
      limit.ifPresent(
          end ->
              TimeLimit.start(
                  end.time(),
                  () -> {
                    Mark now = Mark.now(contestant.done());
                    Contestant.Work none = new Contestant.Work(UNFINISHED, 0);
                    end.report().accept(of(none, warmingUp.find().orElse(begin), now, sizes, heap));
                  }));
      Path results = output.resolve("results");
      contestant.run(input, results, checkpoints);
      Mark end = Mark.now(contestant.done());
      return of(contestant.work(results), warmingUp.end(), end, sizes, heap);
    }
  }

  private static Measurement of(
      Contestant.Work work, Mark start, Mark end, CheckpointWatch sizes, LiveHeapWatch heap)
      throws IOException {
    return new Measurement(
        work.elements(),
        work.batches(),
        end.done() - start.done(),
        (end.nanos() - start.nanos()) / 1e9,
        (end.cpuNanos() - start.cpuNanos()) / 1e9,
        peakOfProcess(),
        sizes.largestBytes(),
        heap.largestMebibytes());
  }

  private static double peakOfProcess() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return Double.NaN;
    }
    List<String> lines = Files.readAllLines(STATUS);
    return lines.stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")))
            .sum()
        / 1024;
  }

  void write(Path file) throws IOException {
    Properties values = new Properties();
    values.setProperty("results", Long.toString(results));
    values.setProperty("batches", Long.toString(batches));
    values.setProperty("elements", Long.toString(elements));
    values.setProperty("seconds", Double.toString(seconds));
    values.setProperty("cpuSeconds", Double.toString(cpuSeconds));
    values.setProperty("peakMebibytes", Double.toString(peakMebibytes));
    values.setProperty("checkpointBytes", Long.toString(checkpointBytes));
    values.setProperty("liveHeapMebibytes", Double.toString(liveHeapMebibytes));
    try (Writer writer = Files.newBufferedWriter(file)) {
      values.store(writer, null);
    }
  }

  static Measurement read(Path file) throws IOException {
    Properties values = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      values.load(reader);
    }
    return new Measurement(
        Long.parseLong(values.getProperty("results")),
        Long.parseLong(values.getProperty("batches")),
        Long.parseLong(values.getProperty("elements")),
        Double.parseDouble(values.getProperty("seconds")),
        Double.parseDouble(values.getProperty("cpuSeconds")),
        Double.parseDouble(values.getProperty("peakMebibytes")),
        Long.parseLong(values.getProperty("checkpointBytes")),
        Double.parseDouble(values.getProperty("liveHeapMebibytes")));
  }
}
