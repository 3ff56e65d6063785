package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.CatalogFunctionImpl;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rehearsal changes nothing in catalogs that are not in memory, and sees what a run would. */
class RehearsalTest {
  private static final String SINK = "CREATE TABLE s (a INT) WITH ('connector' = 'blackhole');\n";

  /** As somebody else has left it: old.t, old.v, old.f and a bare database. */
  private final GenericInMemoryCatalog content = new GenericInMemoryCatalog("ext", "old");

  @BeforeEach
  void fillsTheCatalog() throws Exception {
    WatchedCatalog.CONTENT.set(content);
    StreamTableEnvironment tables = newTables();
    tables.executeSql("CREATE CATALOG ext WITH ('type' = 'watched')");
    tables.executeSql("CREATE TABLE ext.`old`.t (a INT) WITH ('connector' = 'datagen')");
    tables.executeSql("CREATE VIEW ext.`old`.v AS SELECT a FROM ext.`old`.t");
    content.createFunction(
        new ObjectPath("old", "f"), new CatalogFunctionImpl(Half.class.getName()), false);
    content.createDatabase("bare", new CatalogDatabaseImpl(Map.of(), null), false);
    WatchedCatalog.CHANGES.get().clear();
  }

  @Test
  void changesNothingInAnotherCatalog() throws Exception {
    String script =
        SINK
            + "CREATE CATALOG ext WITH ('type' = 'watched');\n"
            + "CREATE CATALOG IF NOT EXISTS ext WITH ('type' = 'watched');\n"
            + "ALTER TABLE ext.`old`.t ADD b INT;\n"
            + "ALTER TABLE ext.`old`.t RENAME TO r;\n"
            + "INSERT INTO s SELECT b FROM ext.`old`.r;\n"
            + "DROP VIEW ext.`old`.v;\n"
            + "CREATE VIEW ext.`old`.v AS SELECT b FROM ext.`old`.r;\n"
            + "INSERT INTO s SELECT b FROM ext.`old`.v;\n"
            + "DROP TABLE ext.`old`.r;\n"
            + "DROP FUNCTION ext.`old`.f;\n"
            + "CREATE FUNCTION ext.`old`.f AS '"
            + Half.class.getName()
            + "';\n"
            + "ALTER DATABASE ext.`old` SET ('k' = 'v');\n"
            + "DROP DATABASE ext.bare;\n"
            + "CREATE DATABASE ext.fresh;\n"
            + "CREATE TABLE ext.fresh.t (a INT) WITH ('connector' = 'datagen');\n"
            + "INSERT INTO s SELECT ext.`old`.f(a) FROM ext.fresh.t;\n"
            + "USE CATALOG ext;\n"
            + "USE fresh;\n"
            + "INSERT INTO default_catalog.default_database.s SELECT a FROM t;\n"
            + "DROP TABLE t;\n"
            + "CREATE TABLE t (c INT) WITH ('connector' = 'datagen');\n"
            + "INSERT INTO default_catalog.default_database.s SELECT c FROM t;\n"
            + "DROP DATABASE `old` CASCADE;\n"
            + "LOAD MODULE core2 WITH ('type' = 'nothing');\n";

    assertThat(mistakes(script)).singleElement().asString().contains("s:25:1", "core2");
    assertThat(WatchedCatalog.CHANGES.get()).isEmpty();
    assertThat(content.listTables("old")).containsExactlyInAnyOrder("t", "v");
    assertThat(content.listDatabases()).containsExactlyInAnyOrder("old", "bare");
  }

  @Test
  void seesWhatIsNotThereAnyMore() {
    String script =
        SINK
            + "CREATE CATALOG ext WITH ('type' = 'watched');\n"
            + "DROP DATABASE ext.`old`;\n"
            + "CREATE FUNCTION ext.`old`.f AS '"
            + Half.class.getName()
            + "';\n"
            + "DROP VIEW ext.`old`.v;\n"
            + "INSERT INTO s SELECT a FROM ext.`old`.v;\n"
            + "DROP DATABASE ext.`old` CASCADE;\n"
            + "CREATE DATABASE ext.`old`;\n"
            + "INSERT INTO s SELECT a FROM ext.`old`.t;\n"
            + "DROP CATALOG ext;\n"
            + "CREATE DATABASE ext.late";

    assertThat(mistakes(script))
        .extracting(text -> text.replaceFirst(": (.|\n)*", ""))
        .containsExactly("s:3:1", "s:4:1", "s:6:29", "s:9:29", "s:11:1");
    assertThat(WatchedCatalog.CHANGES.get()).isEmpty();
  }

  @Test
  void aRunChangesTheCatalog() throws Exception {
    String script =
        SINK
            + "CREATE CATALOG ext WITH ('type' = 'watched');\n"
            + "DROP TABLE ext.`old`.t;\n"
            + "CREATE TABLE ext.`old`.t (b INT) WITH ('connector' = 'datagen');\n"
            + "INSERT INTO s SELECT b FROM ext.`old`.t";

    SqlPlan rehearsed = plan(SqlSession::rehearsal, script);
    assertThat(WatchedCatalog.CHANGES.get()).isEmpty();
    SqlPlan plan = plan(SqlSession::in, script);

    assertThat(WatchedCatalog.CHANGES.get())
        .containsExactly("dropTable old.t", "createTable old.t");
    assertThat(rehearsed.json()).isEqualTo(plan.json());
  }

  @Test
  void beginsWithCatalogsInMemoryAlone() {
    StreamTableEnvironment tables = newTables();
    tables.executeSql("CREATE CATALOG ext WITH ('type' = 'watched')");

    assertThatThrownBy(() -> SqlSession.rehearsal(tables, TableBinding.NONE, new Secrets()))
        .hasMessage("Catalog 'ext' is not in memory");
  }

  private static SqlPlan plan(Start start, String script) throws InvalidScriptException {
    StreamTableEnvironment tables = newTables();
    Secrets secrets = new Secrets();
    return SqlPlan.compile(
        tables,
        start
            .session(tables, TableBinding.NONE, secrets)
            .run(SqlProgram.of("s", script).resolve(VariableValues.NONE, secrets)));
  }

  private static List<String> mistakes(String script) {
    try {
      plan(SqlSession::rehearsal, script);
    } catch (InvalidScriptException e) {
      return e.problems().stream().map(ScriptProblem::toString).toList();
    }
    return List.of();
  }

  private static StreamTableEnvironment newTables() {
    return StreamTableEnvironment.create(
        StreamExecutionEnvironment.getExecutionEnvironment(SqlPlan.configuration()));
  }

  /** One of the two kinds of sessions. */
  private interface Start {
    SqlSession session(StreamTableEnvironment tables, TableBinding binding, Secrets secrets);
  }

  /** A function of a catalog. */
  public static final class Half extends org.apache.flink.table.functions.ScalarFunction {
    public Integer eval(Integer value) {
      return value == null ? null : value / 2;
    }
  }
}
