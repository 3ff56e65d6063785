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
  /** What Flink's scripts open on JDK 17, and the benchmarks' log. */
  public static final List<String> FLINK =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "-Dlog4j2.configurationFile=log4j2-benchmarks.properties");

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
    Exit exit = run(name, jvmOptions, program, args);
    return new Attempt(
        exit.failure().isPresent()
            ? Optional.empty()
            : Optional.of(Measurement.read(exit.result())),
        exit.failure());
  }

  /** What a program has reported, or why it has not. */
  public record Exit(Path result, Optional<String> failure) {
    /**
     * The lines of {@link #reportLines}.
     *
     * @throws IllegalStateException if the program failed
     */
    public List<String> lines() throws IOException {
      if (failure.isPresent()) {
        throw new IllegalStateException(failure.get());
      }
      return Files.readAllLines(result);
    }
  }

  /** Runs a program to its end. */
  public Exit run(String name, List<String> jvmOptions, Class<?> program, String... args)
      throws IOException, InterruptedException {
    Started started = start(name, jvmOptions, program, args);
    Path result = started.result();
    try {
      int exitCode = started.process().waitFor();
      if (exitCode != 0 || !Files.exists(result)) {
        return new Exit(result, Optional.of("exit code " + exitCode + "\n" + started.tail()));
      }
    } finally {
      started.process().destroy();
    }
    return new Exit(result, Optional.empty());
  }

  /** A program that runs; whoever started it must end it. */
  public record Started(Process process, Path log, Path result) {
    /** The end of what it has printed. */
    public String tail() throws IOException {
      try (Stream<String> lines = Files.lines(log)) {
        List<String> all = lines.toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - LOG_LINES), all.size()));
      }
    }
  }

  /** Starts a program. */
  public Started start(String name, List<String> jvmOptions, Class<?> program, String... args)
      throws IOException {
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
    return new Started(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
        log,
        result);
  }

  /** Called by the program: hands its measurement over. */
  public static void report(Measurement measurement) throws IOException {
    measurement.write(Path.of(System.getProperty(RESULT_PROPERTY)));
  }

  /** Called by the program: hands over what it knows, in a form of its own. */
  public static void reportLines(List<String> lines) throws IOException {
    Files.write(Path.of(System.getProperty(RESULT_PROPERTY)), lines);
  }
}
