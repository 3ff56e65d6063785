package dev.sluice.common.operator.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.ManualSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class LateRowsTableIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String MARKED =
      "CREATE TABLE marked (symbol STRING, traded TIMESTAMP_LTZ(3), late BOOLEAN METADATA VIRTUAL,"
          + " WATERMARK FOR traded AS SOURCE_WATERMARK()) WITH ('connector' = 'sluice-late-rows')";
  private static final String IN = "INSERT INTO marked SELECT symbol, traded FROM trades";
  private static final String OUT = "INSERT INTO lines SELECT symbol FROM marked";
  private static final String LATE =
      "INSERT INTO lines SELECT 'late ' || symbol FROM marked WHERE late";
  private static final String WINDOWS =
      "INSERT INTO lines SELECT CAST(COUNT(*) AS STRING) || ' until ' || CAST(window_end AS STRING)"
          + " FROM TABLE(TUMBLE(TABLE in_time, DESCRIPTOR(traded), INTERVAL '1' MINUTE))"
          + " GROUP BY window_start, window_end";

  @TempDir Path folder;

  private final ManualSource<Row> source =
      ManualSource.unbounded(
          Types.ROW_NAMED(new String[] {"symbol", "traded"}, Types.STRING, Types.INSTANT), 2);
  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.createLocalEnvironment(
          2, new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
  private final StreamTableEnvironment tables = StreamTableEnvironment.create(env);

  @BeforeEach
  void createTables() {
    env.enableCheckpointing(100);
    tables.getConfig().set("table.local-time-zone", "UTC");
    createTrades(2);
    tables.executeSql(MARKED);
    tables.executeSql("CREATE TEMPORARY VIEW in_time AS SELECT * FROM marked WHERE NOT late");
    tables.executeSql(
        "CREATE TABLE lines (line STRING) WITH ('connector' = 'filesystem', 'format' = 'raw', 'path' = '"
            + folder.toUri()
            + "')");
  }

  private void createTrades(int parallelism) {
    tables.createTemporaryView(
        "trades",
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "trades")
            .setParallelism(parallelism),
        Schema.newBuilder()
            .column("symbol", "STRING")
            .column("traded", "TIMESTAMP_LTZ(3)")
            .watermark("traded", "SOURCE_WATERMARK()")
            .build());
  }

  @AfterEach
  void close() {
    source.close();
  }

  /** The window of the first minute has ended without the idle one, whose own watermark is at 5. */
  @Test
  void anInputThatWasIdleIsLateByTheWatermarkOfTheOthers() throws Exception {
    TableResult job = start(IN, LATE, WINDOWS);
    trade(0, "A", 10);
    trade(1, "B", 10);
    source.watermark(millis(5)).idle(1);
    trade(0, "C", 100);
    source.watermarkTo(0, millis(90));
    source.awaitCheckpointed(LIMIT);
    trade(1, "D", 20);
    trade(1, "E", 90);
    trade(1, "F", 91);
    source.awaitCheckpointed(LIMIT); // or the end of the other input makes it late
    source.end();
    job.await();

    assertThat(lines())
        .containsExactlyInAnyOrder(
            "late D",
            "late E",
            "2 until 1970-01-01 00:01:00.000",
            "2 until 1970-01-01 00:02:00.000");
  }

  /** A source of one subtask in a job of two; and the mark is not asked for. */
  @Test
  void rowsKeepTheirOrder() throws Exception {
    tables.executeSql("DROP TEMPORARY VIEW trades");
    createTrades(1);
    List<String> symbols = IntStream.range(0, 5_000).mapToObj(i -> "S" + i).toList();
    symbols.forEach(symbol -> trade(0, symbol, 1));
    source.end();

    start(IN, OUT).await();

    assertThat(lines()).containsExactlyElementsOf(symbols);
  }

  @Test
  void withoutRowsTheJobFailsInsteadOfFindingNothing() {
    assertThatThrownBy(() -> start(OUT).await())
        .hasStackTraceContaining(
            "Rows must go into table `default_catalog`.`default_database`.`marked`: an INSERT into it"
                + " belongs in the same statement set, before what reads from it");
  }

  @Test
  void rowsFromTwoInsertsAreRefused() {
    assertThatThrownBy(() -> start(IN, IN, OUT))
        .hasStackTraceContaining("from one INSERT, but there are several");
  }

  @Test
  void whatMayTakeRowsBackIsRefused() {
    assertThatThrownBy(
            () ->
                tables.explainSql(
                    "INSERT INTO marked SELECT symbol, MAX(traded) FROM trades GROUP BY symbol"))
        .hasStackTraceContaining("doesn't support consuming update changes");
  }

  @Test
  void otherDeclarationsAreRefused() {
    assertRefused(
        MARKED.replace("SOURCE_WATERMARK()", "traded - INTERVAL '1' SECOND"),
        "Table 'marked' must say WATERMARK FOR … AS SOURCE_WATERMARK() of its time");
    assertRefused(
        MARKED.replace(", WATERMARK FOR traded AS SOURCE_WATERMARK()", ""), "must say WATERMARK");
    assertRefused(
        MARKED.replace("late BOOLEAN METADATA VIRTUAL,", ""),
        "must have the column 'late BOOLEAN METADATA VIRTUAL'");
    assertRefused(
        MARKED.replace("traded TIMESTAMP_LTZ(3),", "t BIGINT, traded AS TO_TIMESTAMP_LTZ(t, 3),"),
        "must have a physical column 'traded'");
    assertRefused(MARKED.replace("'sluice-late-rows'", "'sluice-late-rows', 'x' = 'y'"), "'x'");
  }

  private void assertRefused(String create, String rule) {
    tables.executeSql("DROP TABLE marked");
    tables.executeSql(create);
    assertThatThrownBy(() -> tables.explainSql(OUT)).hasStackTraceContaining(rule);
  }

  private TableResult start(String... inserts) {
    var set = tables.createStatementSet();
    List.of(inserts).forEach(set::addInsertSql);
    return set.execute();
  }

  private void trade(int partition, String symbol, long second) {
    source.emitTo(partition, millis(second), Row.of(symbol, Instant.ofEpochSecond(second)));
  }

  private static long millis(long second) {
    return second * 1_000;
  }

  private List<String> lines() throws Exception {
    return FinishedFiles.in(folder).lines().stream().map(Object::toString).toList();
  }
}
