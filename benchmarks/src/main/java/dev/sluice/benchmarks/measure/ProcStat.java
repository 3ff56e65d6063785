package dev.sluice.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time of a process or a thread, as Linux tells everybody of it. */
final class ProcStat {
  /** Places behind the name. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;

  /** Hundredths of a second, whatever the kernel counts in. */
  private static final long NANOS_A_TICK = 10_000_000;

  private ProcStat() {}

  /**
   * Reads it.
   *
   * @param stat a file of this name
   */
  static long cpuNanos(Path stat) throws IOException {
    String text = Files.readString(stat);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * NANOS_A_TICK;
  }
}
