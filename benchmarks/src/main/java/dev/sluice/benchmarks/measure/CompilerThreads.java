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
    try {
      return Files.readString(task.resolve("comm")).matches("C[12] Compiler.*\\s*");
    } catch (IOException e) {
      return false; // a thread that has ended since
    }
  }

  private static long nanos(Path clock) {
    try {
      return ProcStat.cpuNanos(clock);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '" + clock + "'", e);
    }
  }
}
