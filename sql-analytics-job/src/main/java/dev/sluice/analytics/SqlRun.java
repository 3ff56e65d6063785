package dev.sluice.analytics;

import dev.sluice.sql.InvalidScriptException;
import dev.sluice.sql.ResolvedStatement;
import dev.sluice.sql.ScriptProblem;
import dev.sluice.sql.Secrets;
import dev.sluice.sql.SqlInsert;
import dev.sluice.sql.SqlPlan;
import dev.sluice.sql.SqlProgram;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.UnboundedState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * The scripts of one run, from the rehearsal, which finds all mistakes and changes nothing, to the
 * operators of the job. For the thread of main() alone.
 */
final class SqlRun {
  private static final String CATALOG_STORE = "table.catalog-store.";
  private static final String STATE_TTL = "table.exec.state.ttl";

  private final SqlAnalyticsSettings settings;
  private final Secrets secrets = new Secrets();
  private final List<ResolvedStatement> statements;
  private final StreamTableEnvironment rehearsed;
  private final List<SqlInsert> inserts;
  private final List<ScriptProblem> warnings;
  private final Optional<SqlPlan> givenPlan;

  private SqlRun(SqlAnalyticsSettings settings) throws InvalidScriptException {
    this.settings = settings;
    this.statements = SqlProgram.load(settings.scripts).resolve(settings.variables, secrets);
    StreamExecutionEnvironment streams =
        StreamExecutionEnvironment.getExecutionEnvironment(settings.flink);
    this.rehearsed = tables(streams);
    SqlSession session = SqlSession.rehearsal(rehearsed, settings.binding, secrets);
    this.inserts = session.run(statements);
    checkWhole();
    Optional<String> ttl = session.setting(STATE_TTL).filter(value -> !value.matches("0.*"));
    this.warnings = new ArrayList<>(UnboundedState.of(statements, inserts, ttl.isPresent()));
    this.givenPlan = readPlan();
    if (givenPlan.isPresent()) {
      rehearse(givenPlan.get(), streams);
    }
  }

  /**
   * Reads and checks the scripts, and the plan if there is one.
   *
   * @throws InvalidScriptException with all mistakes that were found
   */
  static SqlRun rehearse(SqlAnalyticsSettings settings) throws InvalidScriptException {
    return new SqlRun(settings);
  }

  private void rehearse(SqlPlan plan, StreamExecutionEnvironment streams)
      throws InvalidScriptException {
    String name = settings.runPlan.orElse("");
    if (!SqlPlan.compile(rehearsed, inserts).json().equals(plan.json())) {
      warnings.add(
          ScriptProblem.of(
              name,
              "The plan wins, and is not what the scripts say now: it was made of other INSERTs,"
                  + " values of variables or inputs, or by another version of Flink"));
    }
    plan.addTo(rehearsed, streams, name, secrets);
  }

  private void checkWhole() throws InvalidScriptException {
    if (settings.flink.toMap().keySet().stream().anyMatch(key -> key.startsWith(CATALOG_STORE))) {
      throw new InvalidScriptException(
          List.of(
              ScriptProblem.of(
                  "options 'flink." + CATALOG_STORE + "…'",
                  "A catalog store is not read: scripts say CREATE CATALOG")));
    }
    List<String> unused = settings.binding.unused();
    if (!unused.isEmpty()) {
      throw new InvalidScriptException(
          unused.stream()
              .map(
                  key ->
                      ScriptProblem.of(
                          "options 'tables.TABLE.KEY'",
                          String.format(
                              "'%s' is about no table of the scripts; there are %s",
                              key, settings.binding.tables())))
              .collect(Collectors.toList()));
    }
    List<ScriptProblem> order = OperatorTables.problems(settings.binding.operators(), inserts);
    if (!order.isEmpty()) {
      throw new InvalidScriptException(order);
    }
    if (inserts.isEmpty()) {
      throw new InvalidScriptException(
          List.of(
              ScriptProblem.of(
                  String.join(", ", settings.scripts), "There is no INSERT: nothing would run")));
    }
  }

  /** Statements whose state has no bound, and a plan that is not that of the scripts. */
  List<ScriptProblem> warnings() {
    return warnings;
  }

  List<SqlInsert> inserts() {
    return inserts;
  }

  /** Writes the compiled plan to a file, over one that is there. */
  void compileTo(String location) throws IOException {
    SqlPlan plan = SqlPlan.compile(rehearsed, inserts);
    Path path = new Path(location);
    try (FSDataOutputStream out = path.getFileSystem().create(path, WriteMode.OVERWRITE)) {
      out.write(plan.json().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Creates the tables, and adds the operators of all INSERTs, or those of the given plan. */
  void addTo(StreamExecutionEnvironment streams) throws InvalidScriptException {
    StreamTableEnvironment tables = tables(streams);
    List<SqlInsert> planned =
        SqlSession.in(tables, settings.binding, secrets).run(statements); // creates the tables
    SqlPlan plan = givenPlan.orElseGet(() -> SqlPlan.compile(tables, planned));
    plan.addTo(tables, streams, settings.runPlan.orElse("the plan of this run"), secrets);
    WrittenRows.nameWriters(streams, plan.sinks());
  }

  private Optional<SqlPlan> readPlan() throws InvalidScriptException {
    if (settings.runPlan.isEmpty()) {
      return Optional.empty();
    }
    String location = settings.runPlan.get();
    Path path = new Path(location);
    try (FSDataInputStream in = path.getFileSystem().open(path)) {
      return Optional.of(SqlPlan.of(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new InvalidScriptException(
          List.of(ScriptProblem.of(location, "The plan cannot be read: " + e.getMessage())));
    }
  }

  private static StreamTableEnvironment tables(StreamExecutionEnvironment streams) {
    return StreamTableEnvironment.create(
        streams,
        EnvironmentSettings.newInstance()
            .inStreamingMode()
            .withConfiguration(SqlPlan.configuration())
            .build());
  }
}
