package dev.sluice.benchmarks.measure;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * @param liveHeapMebibytes that a collection left at most while the work was done; 0 unless {@link
 *     #LIVE_HEAP_PROPERTY} is set, since it costs CPU time
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

  /** System property: whether the live heap is watched. */
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

  /**
   * Runs a contestant in this process.
   *
   * @param warmUp elements that do not count
   */
  public static Measurement take(Contestant contestant, long warmUp, Path input, Path output)
      throws Exception {
    Path checkpoints = output.resolve("checkpoints");
    try (CheckpointWatch sizes = new CheckpointWatch(checkpoints);
        LiveHeapWatch heap = new LiveHeapWatch();
        WarmUp warmingUp = new WarmUp(contestant, warmUp)) {
      if (Boolean.getBoolean(LIVE_HEAP_PROPERTY)) {
        heap.start();
      }
      Path results = output.resolve("results");
      contestant.run(input, results, checkpoints);
      Mark end = Mark.now(contestant.done());
      Contestant.Work work = contestant.work(results);
      Mark start = warmingUp.end();
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
