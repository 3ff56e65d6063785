package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.Test;

class UnboundedStateTest {
  private static final String TABLES =
      """
      CREATE TABLE t (k STRING, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen');
      CREATE TABLE u (k STRING, w INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen');
      CREATE TABLE s (k STRING, n BIGINT) WITH ('connector' = 'print');
      """;

  @Test
  void warnsOfJoinsAggregatesAndRankingsWithTheirLines() throws Exception {
    String script =
        TABLES
            + "INSERT INTO s SELECT t.k, 1 FROM t\n  JOIN u ON t.k = u.k;\n"
            + "INSERT INTO s SELECT k, COUNT(*) FROM t\n  GROUP BY k;\n"
            + "INSERT INTO s SELECT k, v FROM (SELECT k, v,\n  ROW_NUMBER() OVER (PARTITION BY k ORDER BY v) AS n FROM t) WHERE n <= 3;\n"
            + "INSERT INTO s SELECT k, v FROM (SELECT k, v,\n  ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) AS n FROM t) WHERE n = 1;\n"
            + "INSERT INTO s SELECT k, COUNT(*)\n  OVER (PARTITION BY k ORDER BY ts) FROM t";

    assertThat(warnings(script))
        .containsExactly(
            "s:5:3: The join keeps every row of both sides for ever",
            "s:7:3: The aggregation keeps a result per group for ever",
            "s:9:3: The ranking keeps rows per group for ever",
            "s:11:3: The deduplication keeps every key for ever",
            "s:13:3: The OVER window reaches back without bound");
  }

  @Test
  void warnsOfEachJoinAtItsPlace() throws Exception {
    String two =
        TABLES
            + "INSERT INTO s SELECT t.k, 1 FROM t\n  JOIN u ON t.k = u.k\n  JOIN u AS w ON t.k = w.k";
    String oneOfTwo =
        TABLES
            + "INSERT INTO s SELECT t.k, 1 FROM t\n  JOIN u ON t.k = u.k AND t.ts BETWEEN u.ts AND u.ts + INTERVAL '1' MINUTE\n"
            + "  JOIN u AS w ON t.k = w.k";

    assertThat(warnings(two))
        .containsExactlyInAnyOrder(
            "s:5:3: The join keeps every row of both sides for ever",
            "s:6:3: The join keeps every row of both sides for ever");
    assertThat(told(oneOfTwo))
        .singleElement()
        .asString()
        .startsWith("s:5:3: The join keeps")
        .contains("(1 of the 2 places with JOIN, this or others)");
  }

  @Test
  void warnsWithMiniBatchesToo() throws Exception {
    String batches =
        "SET 'table.exec.mini-batch.enabled' = 'true';\nSET 'table.exec.mini-batch.allow-latency' = '1 s';\n"
            + "SET 'table.exec.mini-batch.size' = '100';\nSET 'table.optimizer.agg-phase-strategy' = 'TWO_PHASE';\n"
            + "SET 'table.optimizer.distinct-agg.split.enabled' = 'true';\n"
            + TABLES;

    assertThat(warnings(batches + "INSERT INTO s SELECT k, COUNT(*) FROM t GROUP BY k"))
        .containsExactly("s:9:41: The aggregation keeps a result per group for ever");
    assertThat(warnings(batches + "INSERT INTO s SELECT k, COUNT(DISTINCT v) FROM t GROUP BY k"))
        .containsExactly("s:9:50: The aggregation keeps a result per group for ever");
    assertThat(warnings(batches + "INSERT INTO s SELECT 'x', COUNT(*) FROM t")).isEmpty();
    assertThat(warnings(batches + "INSERT INTO s SELECT 'x', COUNT(DISTINCT v) FROM t"))
        .containsExactly("s:9:33: The aggregation keeps a result per group for ever");
  }

  @Test
  void warnsOfStateThatNoWordShows() throws Exception {
    String script =
        TABLES
            + "CREATE TABLE p (k STRING, n BIGINT, PRIMARY KEY (k) NOT ENFORCED) WITH ('connector' = 'print');\n"
            + "INSERT INTO p SELECT k, n FROM (SELECT /*+ STATE_TTL('t' = '1d') */ k, v, COUNT(*) AS n FROM t GROUP BY k, v);\n"
            + "INSERT INTO s SELECT k, COUNT(*) OVER (PARTITION BY k ORDER BY ts ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) FROM t;\n"
            + "INSERT INTO s SELECT /*+ STATE_TTL('t' = '1d') */ t.k, 1 FROM t JOIN u ON t.k = u.k";

    assertThat(warnings(script))
        .containsExactly(
            "s:5:1: The sink keeps every row for ever",
            "s:6:34: The OVER window keeps the last rows of every key for ever",
            "s:7:65: The join keeps every row of one side for ever");
  }

  @Test
  void pointsIntoTheViewThatHoldsTheCause() throws Exception {
    String script =
        TABLES
            + "CREATE VIEW c AS SELECT k, COUNT(*) AS n FROM t\nGROUP BY k;\n"
            + "CREATE VIEW d AS SELECT k, n FROM c;\nINSERT INTO s SELECT k, n FROM d";

    assertThat(warnings(script))
        .containsExactly("s:5:1: The aggregation keeps a result per group for ever");
  }

  @Test
  void isSilentWhereTimeOrTtlBoundsTheState() throws Exception {
    String bounded =
        TABLES
            + "INSERT INTO s SELECT t.k, 1 FROM t JOIN u ON t.k = u.k AND t.ts BETWEEN u.ts AND u.ts + INTERVAL '1' MINUTE;\n"
            + "INSERT INTO s SELECT k, COUNT(*) FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY k, window_start, window_end;\n"
            + "INSERT INTO s SELECT k, COUNT(*) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW) FROM t;\n"
            + "INSERT INTO s SELECT /*+ STATE_TTL('t' = '1d', 'u' = '1d') */ t.k, 1 FROM t JOIN u ON t.k = u.k";
    String ttl =
        "SET 'table.exec.state.ttl' = '1 d';\n"
            + TABLES
            + "INSERT INTO s SELECT k, COUNT(*) FROM t GROUP BY k";

    assertThat(warnings(bounded)).isEmpty();
    assertThat(warnings(ttl)).isEmpty();
  }

  @Test
  void warnsOfPatternsWithoutTimeOrStart() throws Exception {
    String pattern =
        TABLES
            + "INSERT INTO s SELECT k, 1 FROM t MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts MEASURES A.v AS x\n"
            + "  PATTERN (A B* C)%s\n"
            + "  DEFINE %sB AS B.v > A.v, C AS C.v < A.v)";

    assertThat(warnings(String.format(pattern, "", "")))
        .containsExactly(
            "s:5:3: The pattern has no WITHIN",
            "s:5:12: Every row starts a match: 'A' has no condition in DEFINE");
    assertThat(warnings(String.format(pattern, "", "A AS TRUE, ")))
        .containsExactly(
            "s:5:3: The pattern has no WITHIN",
            "s:5:12: Every row starts a match: 'A' has no condition in DEFINE");
    assertThat(warnings(String.format(pattern, " WITHIN INTERVAL '1' MINUTE", "A AS A.v > 5, ")))
        .isEmpty();
  }

  private static List<String> warnings(String script) throws InvalidScriptException {
    return told(script).stream()
        .map(text -> text.replaceFirst("[:,](?= [a-z])(.|\n)*", "").replaceFirst("\n.*", ""))
        .toList();
  }

  private static List<String> told(String script) throws InvalidScriptException {
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(
            StreamExecutionEnvironment.getExecutionEnvironment(SqlPlan.configuration()));
    List<ResolvedStatement> statements =
        SqlProgram.of("s", script).resolve(VariableValues.NONE, new Secrets());
    SqlSession session = SqlSession.in(tables, TableBinding.NONE, new Secrets());
    List<SqlInsert> inserts = session.run(statements);
    return UnboundedState.of(
            statements, inserts, session.setting("table.exec.state.ttl").isPresent())
        .stream()
        .map(ScriptProblem::toString)
        .toList();
  }
}
