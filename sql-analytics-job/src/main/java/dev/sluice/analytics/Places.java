package dev.sluice.analytics;

import static dev.sluice.analytics.SqlAnalyticsOptions.INPUT_PATH;
import static dev.sluice.analytics.SqlAnalyticsOptions.INPUT_TYPE;
import static dev.sluice.analytics.SqlAnalyticsOptions.OUTPUT_PATH;
import static dev.sluice.analytics.SqlAnalyticsOptions.OUTPUT_TYPE;
import static dev.sluice.analytics.SqlAnalyticsOptions.SEED;
import static dev.sluice.analytics.SqlAnalyticsOptions.TICKS;

import dev.sluice.analytics.SqlAnalyticsOptions.InputType;
import dev.sluice.analytics.SqlAnalyticsOptions.OutputType;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.Problems;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.SampleData;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Where tables without a connector are, if the options do not say otherwise. Immutable. */
final class Places {
  private static final Path SAMPLE = Path.of("ticks", "2026-01-05.jsonl");

  final InputType inputType;
  final OutputType outputType;

  /** A folder, or the file of the sample; empty if there is none. */
  final String input;

  /** Empty if there is none. */
  final String output;

  /**
   * Places.
   *
   * @param sampleRun whether this is a local run without scripts
   */
  Places(JobArguments arguments, boolean sampleRun) {
    inputType =
        arguments
            .find(INPUT_TYPE)
            .orElse(
                sampleRun && !arguments.isSet(TICKS) && !arguments.isSet(SEED)
                    ? InputType.SAMPLE
                    : InputType.GENERATED);
    outputType =
        arguments.find(OUTPUT_TYPE).orElse(sampleRun ? OutputType.FILES : OutputType.PRINT);
    input =
        inputType == InputType.SAMPLE ? sample().orElse("") : arguments.find(INPUT_PATH).orElse("");
    output = arguments.find(OUTPUT_PATH).orElseGet(() -> sampleRun ? newFolder().orElse("") : "");
  }

  void check(Problems problems) {
    problems
        .require(
            inputType != InputType.FILES || !input.isEmpty(),
            INPUT_PATH,
            "must be set for '--input.type=files'",
            INPUT_TYPE)
        .require(
            inputType != InputType.SAMPLE || !input.isEmpty(),
            INPUT_TYPE,
            "must not be 'sample': there is no sample data here")
        .require(
            outputType != OutputType.FILES || !output.isEmpty(),
            OUTPUT_PATH,
            "must be set for '--output.type=files'",
            OUTPUT_TYPE);
  }

  /** Only where main() runs is it the machine that the tasks run on. */
  private static Optional<String> sample() {
    return JobEnvironment.isLocalRun()
        ? SampleData.find(SAMPLE.toString()).map(file -> file.toUri().toString())
        : Optional.empty();
  }

  /** Below {@code out/} of the repository, named by the time, so that no run meets another's. */
  private static Optional<String> newFolder() {
    String name =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss"));
    return SampleData.home()
        .map(home -> home.resolve(Path.of("out", "sql-analytics", name)).toUri().toString());
  }
}
