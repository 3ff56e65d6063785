package dev.sluice.analytics;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.CommandLine;
import dev.sluice.common.environment.JobCommand;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.ProgressLine;
import dev.sluice.common.environment.WrongInputException;
import dev.sluice.sql.InvalidScriptException;
import dev.sluice.sql.ScriptProblem;
import dev.sluice.sql.SqlInsert;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs Flink SQL from files: checks all scripts together, then starts their INSERTs as one job.
 *
 * <p>Scripts are rehearsed before anything happens: as long as there is one mistake, no table is
 * created outside of this process and no job is started, and the exit code is 2.
 */
public final class SqlAnalyticsJob {
  static final String NAME = "sql-analytics";

  private static final JobCommand<SqlAnalyticsSettings> RUN =
      JobCommand.of(
          "run",
          SqlAnalyticsOptions.ALL,
          SqlAnalyticsSettings::new,
          (arguments, settings) -> run(arguments, settings, System.out));

  /** What it does beside that; the module's pom.xml names them for the launcher. */
  static final List<JobCommand<?>> COMMANDS = List.of(ProduceTicks.COMMAND);

  private SqlAnalyticsJob() {}

  /**
   * Runs the job with the options of {@link SqlAnalyticsOptions}; {@code --dry-run} and {@code
   * --compile-plan=FILE} are short for {@code --script.dry-run=true} and {@code
   * --plan.compile=FILE}.
   */
  public static void main(String[] args) throws Exception {
    CommandLine.run(ShortOptions.expand(args), RUN, COMMANDS);
  }

  static void run(JobArguments arguments, SqlAnalyticsSettings settings, PrintStream out)
      throws Exception {
    try {
      SqlRun run = SqlRun.rehearse(settings);
      run.warnings().forEach(warning -> out.println("Warning: " + warning));
      if (settings.dryRun) {
        print(run.inserts(), out);
      } else if (settings.compilePlan.isPresent()) {
        run.compileTo(settings.compilePlan.get());
        out.println("Plan: " + settings.compilePlan.get());
      } else {
        execute(run, arguments, settings, out);
      }
    } catch (InvalidScriptException e) {
      throw new WrongInputException(
          e.problems().stream().map(ScriptProblem::toString).collect(Collectors.toList()));
    }
  }

  private static void execute(
      SqlRun run, JobArguments arguments, SqlAnalyticsSettings settings, PrintStream out)
      throws Exception {
    settings.folders(arguments).check();
    WrittenRows written = new WrittenRows(settings.binding.outputFolders());
    ProgressLine progress =
        settings.reports ? LocalReport.progress(settings.places.inputType) : written.counted();
    try (JobEnvironment env = JobEnvironment.create(NAME, arguments, progress)) {
      run.addTo(env.streams());
      Instant start = Instant.now();
      env.execute();
      if (env.isLocal() && !settings.reports) {
        written.print(env.progress(), out);
      } else if (env.isLocal()) {
        LocalReport.write(settings, arguments, start, env.wasStopped(), out);
      }
    }
  }

  private static void print(List<SqlInsert> inserts, PrintStream out) {
    for (SqlInsert insert : inserts) {
      out.println(insert.statement().source().place() + ": INSERT INTO " + insert.table());
      out.println(insert.plan());
    }
    out.println(inserts.size() + " INSERTs are sound; nothing was run");
  }
}
