package dev.sluice.benchmarks.measure;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * CPU time of a process over the time of day, to be asked afterwards for any moment.
 *
 * <p>That of the threads that compile byte code is left out, in JVMs with {@link
 * Stretch#JVM_OPTIONS}.
 */
public final class CpuLog {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Milliseconds since 1970, nanoseconds of CPU, elements done. */
  private final List<long[]> samples;

  CpuLog(List<long[]> samples) {
    this.samples = samples;
  }

  /**
   * Writes samples of this process as long as it shall.
   *
   * @param done goes with them, for {@link #done}
   */
  public static void write(Path file, LongSupplier done, BooleanSupplier goOn) throws IOException {
    CompilerThreads compiler = CompilerThreads.find();
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      while (goOn.getAsBoolean()) {
        Mark mark = Mark.now(done.getAsLong(), compiler);
        long own = mark.cpuNanos() - mark.compilerNanos();
        writer.write(System.currentTimeMillis() + " " + own + " " + mark.done() + "\n");
        writer.flush();
        LockSupport.parkNanos(PERIOD_NANOS);
      }
    }
  }

  /** Samples so far. */
  public static CpuLog read(Path file) throws IOException {
    String text = Files.exists(file) ? Files.readString(file) : "";
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    return new CpuLog(
        whole
            .lines()
            .map(line -> line.split(" ", -1))
            .map(
                words ->
                    new long[] {
                      Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])
                    })
            .toList());
  }

  /** Of the last sample. */
  public long done() {
    return samples.isEmpty() ? 0 : samples.get(samples.size() - 1)[2];
  }

  /**
   * CPU seconds in a time; between samples on the line from one to the other.
   *
   * @param from milliseconds since 1970
   */
  public double seconds(double from, double to) {
    return (at(to) - at(from)) / 1e9;
  }

  private double at(double millis) {
    long[] before = samples.get(0);
    for (long[] sample : samples) {
      if (sample[0] >= millis) {
        double span = Math.max(1, sample[0] - before[0]);
        double share = Math.min(1, Math.max(0, (millis - before[0]) / span));
        return before[1] + share * (sample[1] - before[1]);
      }
      before = sample;
    }
    return before[1];
  }
}
