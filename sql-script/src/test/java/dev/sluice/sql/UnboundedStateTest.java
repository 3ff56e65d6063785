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
        .map(
            warning ->
                warning
                    .toString()
                    .replaceFirst("[:,](?= [a-z])(.|\n)*", "")
                    .replaceFirst("\n.*", ""))
        .toList();
  }
}
