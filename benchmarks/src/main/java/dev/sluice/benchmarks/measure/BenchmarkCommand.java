package dev.sluice.benchmarks.measure;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import dev.sluice.common.config.OptionsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A benchmark as a command: its options, those that several have, and where its report goes. */
public final class BenchmarkCommand {
  public static final JobOption<Duration> INTERVAL =
      JobOption.ofDuration("measure.checkpoint-interval")
          .defaultTo(Duration.ofSeconds(4))
          .positive()
          .describedAs("Between the checkpoints of those who make some.");

  public static final JobOption<String> JVM_OPTION =
      JobOption.ofString("measure.jvm-option")
          .defaultDescribedAs("none")
          .describedAs("One more option of every JVM, such as a recording.");

  public static final JobOption<String> REPORT =
      JobOption.ofString("report.file")
          .defaultDescribedAs(
              "that in benchmarks/results/ if all else has its default, or one in"
                  + " benchmarks/target/results/")
          .describedAs("File for the tables.");

  private final String name;
  private final String line;
  private final List<JobOption<?>> options;
  private final JobArguments arguments;

  private BenchmarkCommand(String name, String[] args, List<JobOption<?>> options) {
    this.name = name;
    this.line = ("./benchmarks/run " + name + " " + String.join(" ", args)).trim();
    this.options = options;
    this.arguments = JobArguments.parse(args, options);
  }

  /** What a benchmark does. */
  @FunctionalInterface
  public interface Body {
    void run(BenchmarkCommand command) throws Exception;
  }

  /**
   * Runs it, or prints its options, or what is wrong with those that are given.
   *
   * @param name after {@code ./benchmarks/run}
   * @param options with {@link #REPORT}
   */
  public static void main(String name, String[] args, List<JobOption<?>> options, Body body)
      throws Exception {
    if (List.of(args).contains("--help")) {
      System.out.print(OptionsTable.of(options).plain());
      return;
    }
    BenchmarkCommand command;
    try {
      command = new BenchmarkCommand(name, args, options);
    } catch (InvalidOptionException e) {
      e.problems().forEach(problem -> System.err.println("Error: " + problem));
      System.exit(2);
      return;
    }
    body.run(command);
    System.err.println("Written to " + command.report());
  }

  /** Heap of every contestant. */
  public static JobOption<String> heap(String size) {
    return JobOption.ofString("measure.heap")
        .defaultTo(size)
        .describedAs("Heap of every contestant (-Xmx).");
  }

  /** A folder in memory. */
  public static JobOption<String> output(String benchmark) {
    return JobOption.ofString("measure.output")
        .defaultTo("/dev/shm/sluice-" + benchmark)
        .describedAs("Folder that is written into, and emptied.");
  }

  /** What was typed. */
  public String line() {
    return line;
  }

  public JobArguments arguments() {
    return arguments;
  }

  /** For logs of contestants. */
  public Path logs() {
    return Path.of("benchmarks", "target", name).toAbsolutePath();
  }

  /** One more option, or none. */
  public List<String> jvmOptions() {
    return arguments.find(JVM_OPTION).map(List::of).orElse(List.of());
  }

  /** Writes all that there is so far. */
  public void write(String text) throws IOException {
    Path file = report();
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Figures of a run with other sizes do not replace those that are published. */
  private Path report() {
    boolean asPublished =
        options.stream()
            .filter(option -> option != REPORT)
            .allMatch(option -> arguments.find(option).equals(option.defaultValue()));
    return arguments
        .find(REPORT)
        .map(Path::of)
        .orElse(Path.of("benchmarks", asPublished ? "results" : "target/results", name + ".md"))
        .toAbsolutePath();
  }
}
