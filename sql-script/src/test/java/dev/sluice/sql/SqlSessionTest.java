package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.junit.jupiter.api.Test;

class SqlSessionTest {
  private static final String TABLES =
      """
      CREATE TABLE t (a INT, b STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen');
      CREATE TABLE s (a INT, b STRING) WITH ('connector' = 'blackhole');
      """;

  /** Made in each test: Flink's planner works in the thread alone that made it. */
  private static StreamTableEnvironment newTables() {
    return StreamTableEnvironment.create(
        StreamExecutionEnvironment.getExecutionEnvironment(SqlPlan.configuration()));
  }

  @Test
  void plansInserts() throws Exception {
    List<SqlInsert> inserts = run(TABLES + "INSERT INTO s SELECT a, b FROM t WHERE a > 5");

    assertThat(inserts).hasSize(1);
    assertThat(inserts.get(0).table()).isEqualTo("s");
    assertThat(inserts.get(0).plan()).contains("Optimized Execution Plan", "Sink(");
  }

  @Test
  void tellsEachMistakeWithItsPlaceAndStatement() {
    String script =
        TABLES
            + "SELEKT 1;\n"
            + "INSERT INTO s SELECT a,\n   prize FROM t;\n"
            + "INSERT INTO s SELECT b, a FROM t;\n"
            + "INSERT INTO s SELECT a, b FROM nowhere;\n"
            + "INSERT INTO nosink SELECT a, b FROM t;\n"
            + "SELECT * FROM t;\n"
            + "SET 'execution.checkpointing.interval' = '1 s';\n"
            + "CREATE TABLE u (a INTT) WITH ('connector' = 'datagen');\n"
            + "CREATE TABLE v (a INT) WITH ('connector' = 'nosuch');\n"
            + "INSERT INTO s SELECT a, 'x' FROM v;\n"
            + "INSERT INTO s SELECT FROM t";

    assertThat(problems(script).stream().map(text -> text.replaceFirst("\n.*", "")))
        .containsExactly(
            "s:3:1: Non-query expression encountered in illegal context",
            "s:5:4: Column 'prize' not found in any table",
            "s:6:1: Column types of query result and sink for 'default_catalog.default_database.s' do"
                + " not match. Cause: Incompatible types for sink column 'a' at position 0. Query"
                + " schema: [b: STRING, a: INT] Sink schema: [a: INT, b: STRING]",
            "s:7:32: Object 'nowhere' not found",
            "s:8:1: Cannot find table '`default_catalog`.`default_database`.`nosink`' in any of the"
                + " catalogs [default_catalog], nor as a temporary table",
            "s:9:1: A script holds CREATE, DROP, ALTER, USE, LOAD, UNLOAD, SET, ADD JAR and"
                + " INSERT, and this is none of them",
            "s:10:1: SET in a script is for 'table.…' alone: give 'execution.checkpointing.interval' to"
                + " the job as --flink.execution.checkpointing.interval",
            "s:11:19: Unknown identifier 'INTT'",
            "s:13:1: Unable to create a source for reading table 'default_catalog.default_database.v':"
                + " Cannot discover a connector using option: 'connector'='nosuch': Could not find any"
                + " factory for identifier 'nosuch' that implements"
                + " 'org.apache.flink.table.factories.DynamicTableFactory' in the classpath",
            "s:14:22: Incorrect syntax near the keyword 'FROM'");
  }

  @Test
  void mapsPlacesBehindVariables() {
    String script =
        "-- @variable limit number\n"
            + TABLES
            + "INSERT INTO s SELECT a, b FROM t WHERE a > ${limit} AND prize > 1";

    assertThat(problems(script, Map.of("limit", "123456789")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("s:4:57: Column 'prize' not found in any table");
  }

  @Test
  void tellsOnceThatATableIsBroken() {
    String script =
        """
        CREATE TABLE t (a INTT) WITH ('connector' = 'datagen');
        CREATE TABLE s (a INT) WITH ('connector' = 'blackhole');
        INSERT INTO s SELECT a FROM t""";

    assertThat(problems(script)).hasSize(1).first().asString().contains("s:1:19", "INTT");
  }

  @Test
  void putsSecretsIntoOptionsOnly() throws Exception {
    Secrets secrets = new Secrets(Map.of("KEY", "top-secret")::get);
    StreamTableEnvironment tables = newTables();
    List<ResolvedStatement> statements =
        SqlProgram.of(
                "s",
                "CREATE TABLE s (a INT) WITH ('connector' = 'print', 'print-identifier' = '${key:secret}');"
                    + "INSERT INTO s SELECT 1")
            .resolve(VariableValues.of(Map.of("key", "env:KEY"), "test"), secrets);

    List<SqlInsert> inserts = SqlSession.in(tables, TableBinding.NONE, secrets).run(statements);
    SqlPlan plan = SqlPlan.compile(tables, inserts);

    assertThat(tables.from("s").getResolvedSchema().getColumnCount()).isEqualTo(1);
    GenericInMemoryCatalog catalog =
        (GenericInMemoryCatalog) tables.getCatalog("default_catalog").orElseThrow();
    assertThat(catalog.getTable(new ObjectPath("default_database", "s")).getOptions())
        .containsEntry("print-identifier", "top-secret");
    assertThat(statements.toString() + plan.json() + inserts.get(0).plan())
        .doesNotContain("top-secret");
    assertThat(statements.get(0).sql()).doesNotContain("top-secret");
  }

  @Test
  void neverTellsSecrets() {
    Secrets secrets = new Secrets(Map.of("KEY", "top-secret")::get);
    String script =
        "CREATE TABLE t (a INT) WITH ('connector' = '${key:secret}');"
            + "CREATE TABLE s (a INT) WITH ('connector' = 'print');"
            + "INSERT INTO s SELECT a FROM t";

    assertThat(problems(script, Map.of("key", "env:KEY"), secrets).toString())
        .contains("******")
        .doesNotContain("top-secret");
    assertThat(problems(script, Map.of("key", "env:TOP-SECRET"), secrets).toString())
        .contains("Variable 'key' refers to nothing")
        .doesNotContain("TOP-SECRET");
    assertThat(problems(script, Map.of("key", "TOP-SECRET"), secrets).toString())
        .contains("Variable 'key' must be a reference")
        .doesNotContain("TOP-SECRET");
  }

  @Test
  void masksSecretsBeforeFlinksMessagesAreShortened() {
    Secrets secrets = new Secrets(Map.of("KEY", "it's  top\nsecret.", "PART", "it's")::get);
    String script =
        "CREATE TABLE t (a INT) WITH ('connector' = '${key:secret}');"
            + "CREATE TABLE u (a INT) WITH ('connector' = '${part:secret}');"
            + "CREATE TABLE s (a INT) WITH ('connector' = 'print');"
            + "INSERT INTO s SELECT a FROM t;INSERT INTO s SELECT a FROM u";

    assertThat(problems(script, Map.of("key", "env:KEY", "part", "env:PART"), secrets))
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem).contains("identifier '******'"))
        .allSatisfy(problem -> assertThat(problem).doesNotContain("it'", "top", "secret."));
  }

  @Test
  void hidesValuesThatAreDeclaredSecretWhateverTheyAreUsedAs() {
    String script = "-- @variable key secret\nINSERT INTO s SELECT ${key:string}";

    assertThat(problems(script, Map.of("key", "TOP-SECRET")).toString())
        .contains("Variable 'key' must be a reference")
        .doesNotContain("TOP-SECRET");
  }

  @Test
  void refusesSettingsThatPlansDependOnAndStatementsWithoutEffect() {
    String script =
        TABLES
            + "SET 'table.plan.compile.catalog-objects' = 'ALL';\n"
            + "SET 'table.exec.uid.generation' = 'DISABLED';\n"
            + "RESET 'table.exec.state.ttl';\n"
            + "ALTER CATALOG c SET ('a' = 'b');\n"
            + "INSERT INTO s SELECT a, b FROM t /*+ OPTIONS('rows-per-second' = '1') */;\n"
            + "CREATE VIEW v AS SELECT a, b FROM t /*+ x('y'), options('k' = 'v') */;\n"
            + "INSERT INTO s /*+ OPTIONS('k' = 'v') */ SELECT a, b FROM t";

    assertThat(problems(script).stream().map(text -> text.replaceFirst("[:,] [a-z](.|\n)*", "")))
        .containsExactly(
            "s:3:1: 'table.plan.compile.catalog-objects' is not for scripts",
            "s:4:1: 'table.exec.uid.generation' is not for scripts",
            "s:5:1: A script holds CREATE, DROP, ALTER, USE, LOAD, UNLOAD, SET, ADD JAR and INSERT",
            "s:6:1: A script holds CREATE, DROP, ALTER, USE, LOAD, UNLOAD, SET, ADD JAR and INSERT",
            "s:7:38: An OPTIONS hint has no effect",
            "s:8:49: An OPTIONS hint has no effect",
            "s:9:19: An OPTIONS hint has no effect");
  }

  @Test
  void numbersNodesOfPlansFromOneWhateverWasPlannedBefore() throws Exception {
    String script = TABLES + "INSERT INTO s SELECT a, b FROM t WHERE a > 5";
    StreamTableEnvironment tables = newTables();
    SqlPlan first = SqlPlan.compile(tables, run(script, Map.of(), new Secrets(), tables));
    StreamTableEnvironment others = newTables();

    SqlPlan second = SqlPlan.compile(others, run(script, Map.of(), new Secrets(), others));

    assertThat(second.json()).isEqualTo(first.json());
  }

  private List<SqlInsert> run(String script) throws InvalidScriptException {
    return run(script, Map.of(), new Secrets(), newTables());
  }

  private static List<SqlInsert> run(
      String script, Map<String, String> values, Secrets secrets, StreamTableEnvironment tables)
      throws InvalidScriptException {
    return SqlSession.rehearsal(tables, TableBinding.NONE, secrets)
        .run(SqlProgram.of("s", script).resolve(VariableValues.of(values, "options"), secrets));
  }

  private List<String> problems(String script) {
    return problems(script, Map.of());
  }

  private List<String> problems(String script, Map<String, String> values) {
    return problems(script, values, new Secrets());
  }

  private List<String> problems(String script, Map<String, String> values, Secrets secrets) {
    try {
      run(script, values, secrets, newTables());
    } catch (InvalidScriptException e) {
      return e.problems().stream().map(ScriptProblem::toString).toList();
    }
    return List.of();
  }
}
