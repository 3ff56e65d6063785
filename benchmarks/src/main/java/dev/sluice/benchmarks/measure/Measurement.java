package dev.sluice.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * What one process needed for a contestant's work.
 *
 * <p>One rule for every contestant: the process first does the whole work once on a warm-up input,
 * which is not counted, and then again on the input that is. The counted time goes from the start
 * of the second work to its end, with whatever belongs to it: starting and stopping a cluster,
 * loading a model, the last checkpoint. CPU time is that of all threads of the process, garbage
 * collector and compiler included. Peak memory is of the whole process, warm-up included.
 *
 * @param elements results of the counted work
 * @param batches 0 if unknown
 * @param seconds of wall time
 * @param cpuSeconds of all threads
 * @param peakMebibytes resident set at its highest
 * @param checkpointBytes of the largest checkpoint; 0 if there was none
 * @param liveHeapMebibytes that a collection left at most while the work was done; 0 unless {@link
 *     #LIVE_HEAP_PROPERTY} is set, since it costs CPU time
 */
public record Measurement(
    long elements,
    long batches,
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
    return batches == 0 ? 0 : (double) elements / batches;
  }

  /** Runs a contestant in this process. */
  public static Measurement take(Contestant contestant, Path warmUp, Path input, Path output)
      throws Exception {
    Path checkpoints = output.resolve("checkpoints");
    contestant.run(warmUp, output.resolve("warm-up"), checkpoints);
    try (CheckpointWatch sizes = new CheckpointWatch(checkpoints);
        LiveHeapWatch heap = new LiveHeapWatch()) {
      if (Boolean.getBoolean(LIVE_HEAP_PROPERTY)) {
        heap.start();
      }
      long cpu = cpuNanos();
      long start = System.nanoTime();
      Contestant.Work work = contestant.run(input, output.resolve("counted"), checkpoints);
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpuSeconds = (cpuNanos() - cpu) / 1e9;
      return new Measurement(
          work.elements(),
          work.batches(),
          seconds,
          cpuSeconds,
          peakOfProcess(),
          sizes.largestBytes(),
          heap.largestMebibytes());
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
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
    values.setProperty("elements", Long.toString(elements));
    values.setProperty("batches", Long.toString(batches));
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
        Long.parseLong(values.getProperty("elements")),
        Long.parseLong(values.getProperty("batches")),
        Double.parseDouble(values.getProperty("seconds")),
        Double.parseDouble(values.getProperty("cpuSeconds")),
        Double.parseDouble(values.getProperty("peakMebibytes")),
        Long.parseLong(values.getProperty("checkpointBytes")),
        Double.parseDouble(values.getProperty("liveHeapMebibytes")));
  }
}
