package dev.sluice.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the CPU time of another process until it is closed. */
public final class CpuWatch implements AutoCloseable {
  private static final long PERIOD_MILLIS = 100;

  private final Path stat;
  private final List<long[]> samples = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "cpu-watch");
            thread.setDaemon(true);
            return thread;
          });

  /** Begins to look. */
  public CpuWatch(long pid) {
    this.stat = Path.of("/proc", Long.toString(pid), "stat");
    look();
    var unused =
        timer.scheduleAtFixedRate(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** What was seen so far. */
  public CpuLog log() {
    return new CpuLog(List.copyOf(samples));
  }

  private void look() {
    try {
      samples.add(new long[] {System.currentTimeMillis(), ProcStat.cpuNanos(stat), 0});
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '" + stat + "'", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
