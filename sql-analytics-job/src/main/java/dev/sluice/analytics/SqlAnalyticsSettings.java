package dev.sluice.analytics;

import static dev.sluice.analytics.SqlAnalyticsOptions.ACCESS_KEY;
import static dev.sluice.analytics.SqlAnalyticsOptions.APPEND;
import static dev.sluice.analytics.SqlAnalyticsOptions.COMPILE_PLAN;
import static dev.sluice.analytics.SqlAnalyticsOptions.DRY_RUN;
import static dev.sluice.analytics.SqlAnalyticsOptions.INPUT_PATH;
import static dev.sluice.analytics.SqlAnalyticsOptions.OUTPUT_PATH;
import static dev.sluice.analytics.SqlAnalyticsOptions.RUN_PLAN;
import static dev.sluice.analytics.SqlAnalyticsOptions.SCRIPTS;
import static dev.sluice.analytics.SqlAnalyticsOptions.SECRET_KEY;
import static dev.sluice.analytics.SqlAnalyticsOptions.VARIABLES;

import dev.sluice.analytics.SqlAnalyticsOptions.OutputType;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.LocalFolders;
import dev.sluice.sql.VariableValues;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;

/** What the job is started with, checked. */
final class SqlAnalyticsSettings {
  /** What a local run shows when nobody names a script. */
  private static final List<String> SAMPLE = List.of("classpath:sample/day_of_trades.sql");

  final List<String> scripts;
  final VariableValues variables;
  final boolean dryRun;
  final Optional<String> compilePlan;
  final Optional<String> runPlan;
  final ConnectorBinding binding;
  final Configuration flink;
  final Places places;

  /** Whether there is to be a page: of the sample's tables, in files, once they are written. */
  final boolean reports;

  /** Rules between options: inputs, outputs and plans that exclude or need each other. */
  SqlAnalyticsSettings(JobArguments arguments) {
    boolean sampleRun = arguments.find(SCRIPTS).isEmpty() && JobEnvironment.isLocalRun();
    scripts = arguments.find(SCRIPTS).orElse(sampleRun ? SAMPLE : List.of());
    variables = VariableValues.of(arguments.get(VARIABLES), "options 'variables.NAME'");
    dryRun = arguments.get(DRY_RUN);
    compilePlan = arguments.find(COMPILE_PLAN);
    runPlan = arguments.find(RUN_PLAN);
    flink = arguments.flink();
    places = new Places(arguments, sampleRun);
    binding = new ConnectorBinding(arguments, places);
    reports =
        sampleRun && places.outputType == OutputType.FILES && !dryRun && compilePlan.isEmpty();
    arguments.check(
        problems -> {
          places.check(problems);
          problems
              .require(!scripts.isEmpty(), SCRIPTS, "must be set: this is no local run")
              .require(
                  compilePlan.isEmpty() || runPlan.isEmpty(),
                  RUN_PLAN,
                  "must not be set with 'plan.compile'",
                  COMPILE_PLAN)
              .require(
                  arguments.find(ACCESS_KEY).isPresent() == arguments.find(SECRET_KEY).isPresent(),
                  ACCESS_KEY,
                  "must be set together with 'kinesis.secret-key'",
                  SECRET_KEY);
        });
  }

  /**
   * What is to be looked at before a local run starts, once the scripts are rehearsed: a page would
   * count what is there, and a second run adds its rows to those of the first. One that goes on
   * from a savepoint adds what is missing.
   */
  LocalFolders folders(JobArguments arguments) {
    LocalFolders folders = new LocalFolders(arguments);
    folders.thereIs(INPUT_PATH, binding.inputFolders());
    if (reports) {
      return folders.holdsNothing(OUTPUT_PATH, List.of(places.output), "choose another folder");
    }
    boolean restores = flink.getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isPresent();
    return restores || arguments.get(APPEND)
        ? folders
        : folders.holdsNothing(
            OUTPUT_PATH,
            binding.foldersInOutput(),
            "choose another folder, or add to this one with --output.append=true");
  }
}
