package dev.sluice.common.operator.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.testing.JobGraphs;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class DropAlertTableIT {
  private static final DropAlertTable DROPS =
      DropAlertTable.of(DropRule.of(500, Duration.ofMinutes(10)));
  private static final LocalDateTime TEN = LocalDateTime.of(2021, 8, 31, 10, 0);

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.createLocalEnvironment(1);
  private final StreamTableEnvironment tables = StreamTableEnvironment.create(env);

  /** Other names and types than those of the posts; in a zone that is not UTC. */
  @Test
  void readsAnyNumberAndTimesWithAZone() throws Exception {
    tables.getConfig().setLocalTimeZone(ZoneId.of("Asia/Tokyo"));
    tables.executeSql(
        "CREATE TEMPORARY VIEW stocks AS SELECT * FROM (VALUES"
            + " ('AMZN', CAST(800 AS DECIMAL(10, 2)), 0), ('AMZN', 299.99, 60000),"
            + " ('AMZN', CAST(NULL AS DECIMAL(10, 2)), 30000), (CAST(NULL AS STRING), 1, 1))"
            + " AS T(symbol, quote, millis)");
    tables.createTemporaryView(
        "stocks_in_time",
        tables
            .toDataStream(tables.from("stocks"))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Row>forBoundedOutOfOrderness(Duration.ofMinutes(1))
                    .withTimestampAssigner(
                        (row, none) -> row.<Integer>getFieldAs("millis").longValue())),
        Schema.newBuilder()
            .columnByMetadata("at", DataTypes.TIMESTAMP_LTZ(3), "rowtime")
            .watermark("at", "SOURCE_WATERMARK()")
            .build());
    DROPS
        .columns("symbol", "quote")
        .unusableRows("unusable")
        .register(tables, "stocks_in_time", "drop_alerts");

    assertThat(rows("SELECT * FROM drop_alerts"))
        .containsExactly(
            Row.of("AMZN", Instant.EPOCH, Instant.ofEpochSecond(60), 800 - 299.99, 800.0, 299.99));
    assertThat(rows("SELECT symbol, millis FROM unusable"))
        .containsExactlyInAnyOrder(Row.of("AMZN", 30_000), Row.of(null, 1));
  }

  @Test
  void theDropTimeIsATimeAttribute() throws Exception {
    ticks();
    DROPS.register(tables, "ticks", "drop_alerts");

    assertThat(
            rows(
                "SELECT window_start, ticker, COUNT(*) FROM TABLE(TUMBLE(TABLE drop_alerts,"
                    + " DESCRIPTOR(dropTime), INTERVAL '1' HOUR))"
                    + " GROUP BY window_start, window_end, ticker"))
        .containsExactly(Row.of(TEN, "AMZN", 1L));
  }

  @Test
  void theGraphHasUidsAndNoKryo() {
    ticks();
    DROPS.register(tables, "ticks", "drop_alerts");
    DataStream<Row> alerts = tables.toDataStream(tables.from("drop_alerts"));
    alerts.print();

    assertThat(JobGraphs.uids(env))
        .containsEntry("drop_alerts-usable", "split unusable rows")
        .containsEntry("drop_alerts", "find drops")
        .containsEntry("drop_alerts-rows", "drops as rows");
    assertThat(JobGraphs.problems(env)).noneMatch(problem -> problem.contains("Kryo"));
  }

  @Test
  void refusesTablesWithoutWhatItTakes() {
    ticks();
    tables.executeSql("CREATE TEMPORARY VIEW timeless AS SELECT ticker, price FROM ticks");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DROPS.columns("symbol", "price").register(tables, "ticks", "x"))
        .withMessage(
            "Table 'ticks' must have a column 'symbol', but has [ticker, price, event_time]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DROPS.columns("ticker", "ticker").register(tables, "ticks", "x"))
        .withMessage("Table 'ticks' must have a number in column 'ticker', but has STRING");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DROPS.columns("price", "price").register(tables, "ticks", "x"))
        .withMessage("Table 'ticks' must have text in column 'price', but has DOUBLE");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DROPS.register(tables, "timeless", "x"))
        .withMessage("Table 'timeless' must have one event-time attribute, but has 0");
  }

  private void ticks() {
    DataStream<Row> rows =
        env.fromData(
                Types.ROW_NAMED(
                    new String[] {"ticker", "price", "event_time"},
                    Types.STRING,
                    Types.DOUBLE,
                    Types.LOCAL_DATE_TIME),
                Row.of("AMZN", 800.0, TEN),
                Row.of("AMZN", 200.0, TEN.plusMinutes(4)))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Row>forMonotonousTimestamps()
                    .withTimestampAssigner(
                        (row, none) ->
                            row.<LocalDateTime>getFieldAs("event_time")
                                .toInstant(ZoneOffset.UTC)
                                .toEpochMilli()));
    tables.createTemporaryView(
        "ticks",
        rows,
        Schema.newBuilder()
            .column("ticker", "STRING")
            .column("price", "DOUBLE")
            .column("event_time", "TIMESTAMP(3)")
            .watermark("event_time", "SOURCE_WATERMARK()")
            .build());
  }

  private List<Row> rows(String sql) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> found = tables.executeSql(sql).collect()) {
      found.forEachRemaining(rows::add);
    }
    return rows;
  }
}
