package dev.sluice.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes a measurement in a new JVM, so that CPU time and peak memory are the contestant's own.
 *
 * <p>The program must end with {@link #report}. What it prints goes to a log file beside the
 * measurement.
 */
public final class ForkedJvm {
  private static final String RESULT_PROPERTY = "sluice.benchmarks.result";
  private static final int LOG_LINES = 40;

  private final Path folder;
  private final List<String> options;
  private int started;

  /**
   * @param folder for logs and measurements
   * @param options of every JVM
   */
  public ForkedJvm(Path folder, List<String> options) {
    this.folder = folder;
    this.options = List.copyOf(options);
  }

  /**
   * Runs a program to its end.
   *
   * @param name for the log's file name
   * @param jvmOptions in addition to those of every JVM
   * @throws IllegalStateException if it failed; with the end of its log
   */
  public Measurement measure(String name, List<String> jvmOptions, Class<?> program, String... args)
      throws IOException, InterruptedException {
    Attempt attempt = attempt(name, jvmOptions, program, args);
    return attempt
        .measurement()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Cannot measure '" + name + "': " + attempt.failure().orElse("")));
  }

  /** A measurement, or why there is none. */
  public record Attempt(Optional<Measurement> measurement, Optional<String> failure) {}

  /** Runs a program to its end, whatever that is: to fail may be a result, too. */
  public Attempt attempt(String name, List<String> jvmOptions, Class<?> program, String... args)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String run = String.format("%03d-%s", ++started, name.replaceAll("[^A-Za-z0-9.-]+", "-"));
    Path log = folder.resolve(run + ".log");
    Path result = folder.resolve(run + ".properties");
    Files.deleteIfExists(result);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(jvmOptions);
    command.add("-D" + RESULT_PROPERTY + "=" + result);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      int exitCode = process.waitFor();
      if (exitCode != 0 || !Files.exists(result)) {
        return new Attempt(
            Optional.empty(), Optional.of("exit code " + exitCode + "\n" + tail(log)));
      }
    } finally {
      process.destroy();
    }
    return new Attempt(Optional.of(Measurement.read(result)), Optional.empty());
  }

  /** Called by the program: hands its measurement over. */
  public static void report(Measurement measurement) throws IOException {
    measurement.write(Path.of(System.getProperty(RESULT_PROPERTY)));
  }

  private static String tail(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> all = lines.toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - LOG_LINES), all.size()));
    }
  }
}
