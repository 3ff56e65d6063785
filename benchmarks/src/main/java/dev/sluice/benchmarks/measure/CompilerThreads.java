package dev.sluice.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU time of the threads of this JVM that compile byte code, as far as Linux tells.
 *
 * <p>The JVM must keep their number: {@link #FIXED}.
 */
final class CompilerThreads {
  static final String FIXED = "-XX:-UseDynamicNumberOfCompilerThreads";

  private static final Path TASKS = Path.of("/proc/self/task");

  /** Places behind the name of the thread. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;

  /** Linux tells everybody of hundredths of a second. */
  private static final long NANOS_A_TICK = 10_000_000;

  private final List<Path> clocks;

  private CompilerThreads(List<Path> clocks) {
    this.clocks = clocks;
  }

  /** Those of this process. */
  static CompilerThreads find() throws IOException {
    if (!Files.isDirectory(TASKS)) {
      return new CompilerThreads(List.of());
    }
    try (Stream<Path> tasks = Files.list(TASKS)) {
      return new CompilerThreads(
          tasks
              .filter(CompilerThreads::compiles)
              .map(task -> task.resolve("stat"))
              .filter(Files::isReadable)
              .toList());
    }
  }

  long cpuNanos() {
    return clocks.stream().mapToLong(CompilerThreads::nanos).sum();
  }

  private static boolean compiles(Path task) {
    return read(task.resolve("comm")).matches("C[12] Compiler.*");
  }

  private static long nanos(Path clock) {
    String stat = read(clock);
    if (stat.isEmpty()) {
      return 0;
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * NANOS_A_TICK;
  }

  /** Empty if the thread has ended. */
  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file).trim() : "";
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '" + file + "'", e);
    }
  }
}
