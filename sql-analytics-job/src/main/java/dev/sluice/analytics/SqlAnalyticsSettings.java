package dev.sluice.analytics;

import static dev.sluice.analytics.SqlAnalyticsOptions.*;

import dev.sluice.analytics.SqlAnalyticsOptions.InputType;
import dev.sluice.analytics.SqlAnalyticsOptions.OutputType;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.sql.VariableValues;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/** What the job is started with, checked. */
final class SqlAnalyticsSettings {
  /** What a local run shows when nobody names a script. */
  private static final List<String> SAMPLE = List.of("classpath:sql/drop_alert.sql");

  final List<String> scripts;
  final VariableValues variables;
  final boolean dryRun;
  final Optional<String> compilePlan;
  final Optional<String> runPlan;
  final ConnectorBinding binding;
  final Configuration flink;

  /** Rules between options: inputs, outputs and plans that exclude or need each other. */
  SqlAnalyticsSettings(JobArguments arguments) {
    scripts = arguments.find(SCRIPTS).orElse(JobEnvironment.isLocalRun() ? SAMPLE : List.of());
    variables = VariableValues.of(arguments.get(VARIABLES), "options 'variables.NAME'");
    dryRun = arguments.get(DRY_RUN);
    compilePlan = arguments.find(COMPILE_PLAN);
    runPlan = arguments.find(RUN_PLAN);
    binding = new ConnectorBinding(arguments);
    flink = arguments.flink();
    arguments.check(
        problems ->
            problems
                .require(!scripts.isEmpty(), SCRIPTS, "must be set: this is no local run")
                .require(
                    compilePlan.isEmpty() || runPlan.isEmpty(),
                    RUN_PLAN,
                    "must not be set with 'plan.compile'",
                    COMPILE_PLAN)
                .require(
                    arguments.get(INPUT_TYPE) != InputType.FILES
                        || arguments.find(INPUT_PATH).isPresent(),
                    INPUT_PATH,
                    "must be set for '--input.type=files'",
                    INPUT_TYPE)
                .require(
                    arguments.get(OUTPUT_TYPE) != OutputType.FILES
                        || arguments.find(OUTPUT_PATH).isPresent(),
                    OUTPUT_PATH,
                    "must be set for '--output.type=files'",
                    OUTPUT_TYPE)
                .require(
                    arguments.find(ACCESS_KEY).isPresent()
                        == arguments.find(SECRET_KEY).isPresent(),
                    ACCESS_KEY,
                    "must be set together with 'kinesis.secret-key'",
                    SECRET_KEY));
  }
}
