package dev.sluice.testing.sql;

import dev.sluice.sql.InvalidScriptException;
import dev.sluice.sql.ResolvedStatement;
import dev.sluice.sql.Secrets;
import dev.sluice.sql.SqlInsert;
import dev.sluice.sql.SqlPlan;
import dev.sluice.sql.SqlProgram;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.VariableValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * A test of a Flink SQL script, which is a folder:
 *
 * <pre>
 * query.sql          the script; or test.properties names others with 'script = classpath:…'
 * ticks.input        rows and watermarks of the table 'ticks', which the script reads
 * alerts.changelog   every change that the table 'alerts' must get, in order
 * report.table       the rows that the table 'report' must have at the end
 * test.properties    optional: script, parallelism (1), variables.NAME, table.… (Flink's settings), keep
 * </pre>
 *
 * <p>Every table of the script gets its rows from the test, or gives them to it, whatever connector
 * it declares, but for those that {@code keep} names: they are within the script, such as an
 * operator that is written to and read from. A job runs in streaming mode on an embedded cluster.
 * The same test gives the same result each time: with {@code @watermark} lines in an input, those
 * are the watermarks of the table; without, each row makes that of the table's own WATERMARK.
 * Nothing waits for a clock; a script that reads the clock itself (PROCTIME in a result) is not for
 * this kit.
 */
public final class SqlTest {
  private final Path folder;

  private SqlTest(Path folder) {
    this.folder = folder;
  }

  public static SqlTest in(Path folder) {
    return new SqlTest(folder);
  }

  /**
   * All tests in a folder and below, by path; the folder itself if it is one.
   *
   * @throws MalformedSqlTestException if there is none
   */
  public static List<SqlTest> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new MalformedSqlTestException("'" + folder + "' is no folder");
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<SqlTest> tests =
          all.filter(Files::isDirectory)
              .filter(SqlTestFiles::isTest)
              .sorted()
              .map(SqlTest::in)
              .collect(Collectors.toList());
      if (tests.isEmpty()) {
        throw new MalformedSqlTestException(
            "'"
                + folder
                + "' has no test: no folder with a '"
                + SqlTestFiles.SCRIPT
                + "', rows of its tables in '*.input' and expected ones in '*.table' or '*.changelog'");
      }
      return tests;
    } catch (IOException e) {
      throw new MalformedSqlTestException("Cannot read '" + folder + "': " + e.getMessage(), e);
    }
  }

  public String name() {
    return String.valueOf(folder.getFileName());
  }

  public Path folder() {
    return folder;
  }

  /**
   * Runs the test.
   *
   * @throws AssertionError with a readable difference, if the script gives something else
   * @throws MalformedSqlTestException if the folder is no test, or does not fit the script
   * @throws InvalidScriptException if Flink does not take the script
   * @throws Exception what made the job fail
   */
  public void run() throws Exception {
    SqlTestFiles files = SqlTestFiles.read(folder);
    Secrets secrets = new Secrets();
    List<ResolvedStatement> statements =
        SqlProgram.load(files.scripts())
            .resolve(
                VariableValues.of(
                    files.variables(), folder.resolve(SqlTestFiles.PROPERTIES).toString()),
                secrets);
    StreamExecutionEnvironment streams =
        SqlTestCluster.shared().environment(SqlPlan.configuration(), files.parallelism());
    StreamTableEnvironment tables = StreamTableEnvironment.create(streams);
    tables.getConfig().set("table.local-time-zone", "UTC");
    files.settings().forEach(tables.getConfig()::set);
    try (TestTables behind = new TestTables(files)) {
      List<SqlInsert> inserts = plan(statements, SqlSession.in(tables, behind, secrets), behind);
      check(files, behind, inserts);
      SqlPlan.compile(tables, inserts).addTo(tables, streams, name(), secrets);
      streams.execute(name());
      compare(files, behind);
    }
  }

  private static List<SqlInsert> plan(
      List<ResolvedStatement> statements, SqlSession session, TestTables behind)
      throws InvalidScriptException {
    try {
      return session.run(statements);
    } catch (InvalidScriptException e) {
      if (behind.malformed().isPresent()) {
        throw behind.malformed().get();
      }
      throw e;
    }
  }

  /** Each table that is written is expected, and each that is expected is written. */
  private void check(SqlTestFiles files, TestTables behind, List<SqlInsert> inserts) {
    for (SqlInsert insert : inserts) {
      if (!files.expected().containsKey(insert.table()) && !files.kept().contains(insert.table())) {
        throw new MalformedSqlTestException(
            String.format(
                "%s: table '%s' is written, but there is neither '%s.changelog' nor '%s.table'",
                folder, insert.table(), insert.table(), insert.table()));
      }
    }
    files.expected().keySet().forEach(behind::schema);
    files.inputs().forEach(behind::schema);
  }

  private static void compare(SqlTestFiles files, TestTables behind) {
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, Expected> entry : files.expected().entrySet()) {
      String table = entry.getKey();
      entry
          .getValue()
          .difference(behind.schema(table), behind.table(table).sink().received())
          .ifPresent(differences::add);
    }
    if (!differences.isEmpty()) {
      throw new AssertionError(String.join("\n", differences));
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
