package dev.sluice.images.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM of its own with the test's class path, for what a process can do only once. */
final class ForkedJvm {
  final int exitCode;
  final String output;
  private final Path folder;

  private ForkedJvm(int exitCode, String output, Path folder) {
    this.exitCode = exitCode;
    this.output = output;
    this.folder = folder;
  }

  /**
   * Runs a main() to the end of its process.
   *
   * @param folder where it works, and where a crash leaves its log
   * @param options of the JVM
   */
  static ForkedJvm run(Path folder, Class<?> main, List<String> options, String... args)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-cp");
    command.add(absoluteClassPath());
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(args));
    Path log = Files.createTempFile(folder, "output-", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      boolean ended = process.waitFor(120, TimeUnit.SECONDS);
      String output = Files.readString(log, StandardCharsets.UTF_8);
      assertThat(ended).as("the process ends; it printed: %s", output).isTrue();
      return new ForkedJvm(process.exitValue(), output, folder);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Surefire's class path may name folders relative to the module. */
  private static String absoluteClassPath() {
    String separator = System.getProperty("path.separator");
    return Stream.of(System.getProperty("java.class.path").split(separator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .reduce((left, right) -> left + separator + right)
        .orElseThrow();
  }

  /** Logs that the JVM wrote when native code crashed it. */
  List<Path> crashes() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("hs_err")).toList();
    }
  }
}
