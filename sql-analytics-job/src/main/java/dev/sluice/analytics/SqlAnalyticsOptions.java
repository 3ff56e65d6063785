package dev.sluice.analytics;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.config.Secret;
import dev.sluice.common.environment.EnvironmentOptions;
import java.util.List;
import java.util.Map;

/** All options of the job, those of its environment included. */
public final class SqlAnalyticsOptions {
  /** Where tables that the scripts read get their rows, if the script does not say. */
  public enum InputType {
    /** The day of trades in {@code sample-data}, played at a pace: in a local run only. */
    SAMPLE,
    /** Trades that a generator makes. */
    GENERATED,
    /** JSON lines in files. */
    FILES,
    /** JSON records in a Kinesis stream. */
    KINESIS
  }

  /** Where tables that the scripts write go, if the script does not say. */
  public enum OutputType {
    /** Lines on the console of the process. */
    PRINT,
    /** Files of JSON lines, a folder per table. */
    FILES,
    /** JSON records in a Kinesis stream per table. */
    KINESIS
  }

  /** Where a Kinesis stream is read from at first. */
  public enum StartPosition {
    /** The oldest record that the stream still has. */
    TRIM_HORIZON,
    /** What comes after the start. */
    LATEST
  }

  static final JobOption<List<String>> SCRIPTS =
      JobOption.ofStrings("script.path")
          .defaultDescribedAs(
              "in a local run 'classpath:sample/day_of_trades.sql', with a page; required on a cluster")
          .notEmpty()
          .describedAs(
              "Scripts, or folders of them, in their order: 'classpath:sql/…', a path, a URI.");

  static final JobOption<Boolean> DRY_RUN =
      JobOption.ofBoolean("script.dry-run")
          .defaultTo(false)
          .describedAs("Checks the scripts, prints the plan of each INSERT, runs nothing.")
          .shortName("dry-run");

  static final JobOption<String> COMPILE_PLAN =
      JobOption.ofLocation("plan.compile")
          .defaultDescribedAs("none")
          .describedAs("Writes the compiled plan of all INSERTs to this file, runs nothing.")
          .shortName("compile-plan");

  static final JobOption<String> RUN_PLAN =
      JobOption.ofLocation("plan.run")
          .defaultDescribedAs("the INSERTs are planned at the start")
          .describedAs("Runs this compiled plan, with the tables of the scripts.");

  static final JobOption<Map<String, String>> VARIABLES =
      JobOption.ofGroup("variables").describedAs("Values of the variables ${NAME} in scripts.");

  static final JobOption<Map<String, String>> TABLES =
      JobOption.ofGroup("tables")
          .describedAs(
              "Options of the connector of one table: 'tables.TABLE.KEY', over all others.");

  static final JobOption<InputType> INPUT_TYPE =
      JobOption.ofEnum("input.type", InputType.class)
          .defaultDescribedAs("generated; sample in a local run that names no script and no day")
          .describedAs("Where tables without a connector are read from.");

  static final JobOption<String> INPUT_PATH =
      JobOption.ofLocation("input.path")
          .defaultDescribedAs("none; needed for input from files")
          .describedAs(
              "Folder with a folder of JSON lines per table; files are read in the order of their"
                  + " paths.");

  static final JobOption<OutputType> OUTPUT_TYPE =
      JobOption.ofEnum("output.type", OutputType.class)
          .defaultDescribedAs("print; files if no script is named in a local run")
          .describedAs("Where tables without a connector are written to.");

  static final JobOption<String> OUTPUT_PATH =
      JobOption.ofLocation("output.path")
          .defaultDescribedAs(
              "none, needed for output to files; a new one below 'out/' if no script is named in a local run")
          .describedAs("Folder in which each table gets a folder.");

  static final JobOption<Boolean> APPEND =
      JobOption.ofBoolean("output.append")
          .defaultTo(false)
          .describedAs(
              "Whether a local run of your own scripts may add to folders of tables in 'output.path' that"
                  + " hold rows already; otherwise it is refused, since rows come twice.");

  static final JobOption<String> STREAM_PREFIX =
      JobOption.ofString("kinesis.stream-prefix")
          .defaultTo("")
          .describedAs("Stands before the name of a table in the name of its stream.");

  static final JobOption<String> REGION =
      JobOption.ofString("kinesis.region")
          .defaultTo("us-east-1")
          .describedAs("Region of the streams.");

  static final JobOption<String> ENDPOINT =
      JobOption.ofString("kinesis.endpoint")
          .defaultDescribedAs("that of the Region")
          .describedAs("Another address of Kinesis, for tests.");

  static final JobOption<String> ACCESS_KEY =
      JobOption.ofString("kinesis.access-key")
          .defaultDescribedAs("those of the machine")
          .describedAs("Credentials, for tests.");

  static final JobOption<Secret> SECRET_KEY =
      JobOption.ofSecret("kinesis.secret-key").describedAs("Credentials, for tests.");

  static final JobOption<StartPosition> START =
      JobOption.ofEnum("kinesis.start", StartPosition.class)
          .defaultTo(StartPosition.LATEST)
          .describedAs("Where streams are read from without a savepoint.");

  static final JobOption<Long> TICKS =
      JobOption.ofLong("generator.ticks")
          .defaultTo(20_000L)
          .positive()
          .unit("trades")
          .describedAs("How many trades the generated day has; after them the job ends.");

  static final JobOption<Long> SEED =
      JobOption.ofLong("generator.seed")
          .defaultTo(42L)
          .describedAs("The same seed makes the same trades.");

  static final JobOption<Double> RATE =
      JobOption.ofDouble("generator.rate")
          .defaultDescribedAs("as fast as it goes; 500 for those of the sample")
          .positive()
          .unit("trades per second")
          .describedAs("How fast trades are made, or those of the sample are played.");

  /** Every option, in the order of the tables. */
  public static final List<JobOption<?>> ALL =
      JobOption.all(
          List.of(SCRIPTS, DRY_RUN, COMPILE_PLAN, RUN_PLAN, VARIABLES, TABLES),
          List.of(INPUT_TYPE, INPUT_PATH, OUTPUT_TYPE, OUTPUT_PATH, APPEND),
          List.of(STREAM_PREFIX, REGION, ENDPOINT, ACCESS_KEY, SECRET_KEY, START),
          List.of(TICKS, SEED, RATE),
          EnvironmentOptions.ALL);

  private SqlAnalyticsOptions() {}
}
