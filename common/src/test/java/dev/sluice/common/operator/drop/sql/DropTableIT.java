package dev.sluice.common.operator.drop.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.FinishedFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables of drops in any job with SQL; the job of the module sql-analytics has its own tests. */
@Timeout(300)
class DropTableIT {
  private static final Instant TEN = Instant.parse("2021-08-31T10:00:00Z");
  private static final String IN = "INSERT INTO drops SELECT quote, quoted_at, symbol FROM stocks";

  @TempDir Path folder;

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.createLocalEnvironment(1);
  private final StreamTableEnvironment tables = StreamTableEnvironment.create(env);

  /** Of another order and with other names and another type of time than in the posts. */
  @BeforeEach
  void createTables() {
    tables.getConfig().set("table.local-time-zone", "UTC");
    tables.createTemporaryView(
        "stocks",
        env.fromData(
                Types.ROW_NAMED(
                    new String[] {"symbol", "quote", "quoted_at"},
                    Types.STRING,
                    Types.DOUBLE,
                    Types.INSTANT),
                Row.of("AMZN", 800.0, TEN),
                Row.of("AMZN", null, TEN.plusSeconds(30)),
                Row.of(null, 1.0, TEN.plusSeconds(60)),
                Row.of("AMZN", 500.0, TEN.plusSeconds(120)),
                Row.of("AMZN", 200.0, TEN.plusSeconds(240)))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Row>forBoundedOutOfOrderness(Duration.ofSeconds(1))
                    .withTimestampAssigner(
                        (row, none) -> row.<Instant>getFieldAs("quoted_at").toEpochMilli())),
        Schema.newBuilder()
            .column("symbol", "STRING")
            .column("quote", "DOUBLE")
            .column("quoted_at", "TIMESTAMP_LTZ(3)")
            .watermark("quoted_at", "SOURCE_WATERMARK()")
            .build());
    tables.executeSql(drops("symbol STRING", "'key' = 'symbol', 'price' = 'quote'"));
    tables.executeSql(
        "CREATE TABLE lines (line STRING) WITH ('connector' = 'filesystem', 'format' = 'raw', 'path' = '"
            + folder.toUri()
            + "')");
  }

  private static String drops(String key, String options) {
    return "CREATE TABLE drops (quote DOUBLE, quoted_at TIMESTAMP_LTZ(3), "
        + key
        + ", drop_diff DOUBLE METADATA VIRTUAL, fell_at TIMESTAMP_LTZ(3) METADATA FROM"
        + " 'initial_price_time' VIRTUAL, WATERMARK FOR quoted_at AS SOURCE_WATERMARK())"
        + " WITH ('connector' = 'sluice-drops', 'drop' = '500', 'within' = '10 min', "
        + options
        + ")";
  }

  @Test
  void dropsComeOutOfThePricesThatGoIn() throws Exception {
    run(
        IN,
        "INSERT INTO lines SELECT symbol || ' ' || CAST(drop_diff AS STRING) || ' ' ||"
            + " CAST(quote AS STRING) || ' ' || CAST(fell_at AS STRING) || ' ' || CAST(quoted_at AS STRING)"
            + " FROM drops");

    assertThat(lines())
        .containsExactly("AMZN 600.0 200.0 2021-08-31 10:00:00.000 2021-08-31 10:04:00.000");
  }

  @Test
  void theTimeOfADropIsATimeAttribute() throws Exception {
    run(
        IN,
        "INSERT INTO lines SELECT CAST(COUNT(*) AS STRING) || ' since ' || CAST(window_start AS STRING)"
            + " FROM TABLE(TUMBLE(TABLE drops, DESCRIPTOR(quoted_at), INTERVAL '1' HOUR))"
            + " GROUP BY window_start, window_end");

    assertThat(lines()).containsExactly("1 since 2021-08-31 10:00:00.000");
  }

  @Test
  void leastStartLeavesCheapStartsOut() throws Exception {
    tables.executeSql("DROP TABLE drops");
    tables.executeSql(
        drops("symbol STRING", "'key' = 'symbol', 'price' = 'quote', 'least-start' = '801'"));

    run(IN, "INSERT INTO lines SELECT symbol FROM drops");

    assertThat(lines()).isEmpty();
  }

  @Test
  void withoutPricesTheJobFailsInsteadOfFindingNothing() {
    assertThatThrownBy(() -> run("INSERT INTO lines SELECT symbol FROM drops"))
        .hasStackTraceContaining(
            "Prices must go into table `default_catalog`.`default_database`.`drops`: an INSERT into it"
                + " belongs in the same statement set, before what reads from it");
  }

  @Test
  void withoutATimeAttributeTheJobFails() {
    assertThatThrownBy(
            () ->
                run(
                    "INSERT INTO drops SELECT quote, CAST(quoted_at AS TIMESTAMP_LTZ(3)), symbol FROM stocks",
                    "INSERT INTO lines SELECT symbol FROM drops"))
        .hasStackTraceContaining("Rows must have event times to find drops in them");
  }

  @Test
  void pricesFromTwoInsertsAreRefused() {
    assertThatThrownBy(() -> run(IN, IN, "INSERT INTO lines SELECT symbol FROM drops"))
        .hasStackTraceContaining("from one INSERT, but there are several");
  }

  @Test
  void tablesOfOtherColumnsAreRefused() {
    assertRefused(
        drops("symbol STRING, x INT", "'key' = 'symbol', 'price' = 'quote'"), "and no others");
    assertRefused(
        drops("symbol INT", "'key' = 'symbol', 'price' = 'quote'"),
        "must have text in column 'symbol'");
    assertRefused(
        drops("symbol STRING", "'key' = 'symbol', 'price' = 'symbol'"),
        "must have a DOUBLE in column 'symbol'");
    assertRefused(
        drops("symbol STRING", "'key' = 'symbol', 'price' = 'quote'").replace("'500'", "'0'"),
        "Drop must be a positive number, but was '0.0'");
    assertRefused(
        drops("symbol STRING", "'key' = 'symbol', 'price' = 'quote'")
            .replace(", WATERMARK FOR quoted_at AS SOURCE_WATERMARK()", ""),
        "must say WATERMARK FOR");
  }

  private void assertRefused(String create, String rule) {
    tables.executeSql("DROP TABLE drops");
    tables.executeSql(create);
    assertThatThrownBy(() -> tables.explainSql("INSERT INTO lines SELECT 'x' FROM drops"))
        .hasStackTraceContaining(rule);
  }

  private void run(String... inserts) throws Exception {
    var set = tables.createStatementSet();
    List.of(inserts).forEach(set::addInsertSql);
    set.execute().await();
  }

  private List<String> lines() throws Exception {
    return FinishedFiles.in(folder).lines().stream().map(Object::toString).toList();
  }
}
