package dev.sluice.udf;

import static org.apache.flink.table.api.Expressions.$;
import static org.apache.flink.table.api.Expressions.call;
import static org.apache.flink.table.api.Expressions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.CollectingSink;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.module.CoreModule;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The functions in the planner: types, names, retraction, and the ways in but the JAR. */
@Timeout(180)
class SqlFunctionsIT {
  private static final LocalDateTime TEN = LocalDateTime.of(2026, 1, 5, 10, 0);

  /** One of each scalar function, on values that the planner cannot compute in advance. */
  static final String SCALARS =
      "SELECT `HASH`(t), JAVA_HASH(t), MURMUR3(t), MURMUR3(t, 1), SHA256_HEX(t), SHA256_HEX(t,"
          + " 'salt'), TO_LOWER(t), DT_TO_EPOCH(dt), DT_TO_EPOCH(dt, 'Europe/Berlin'),"
          + " TRY_DT_TO_EPOCH(dt, t), EPOCH_TO_DT(n), EPOCH_TO_DT(n, '+01:00'), TRY_EPOCH_TO_DT(n *"
          + " 1000000000000), JSON_QUERY_JQ(j, '.a | map(. + 1)'), TRY_JSON_QUERY_JQ(t, '.')";

  private final StreamExecutionEnvironment env = env();
  private final StreamTableEnvironment tables = StreamTableEnvironment.create(env);

  private static StreamExecutionEnvironment env() {
    Configuration config = new Configuration();
    config.set(PipelineOptions.GENERIC_TYPES, false);
    return StreamExecutionEnvironment.createLocalEnvironment(1, config);
  }

  @Test
  void noNameHidesOneOfFlinks() {
    assertThat(CoreModule.INSTANCE.listFunctions())
        .extracting(name -> name.toUpperCase(Locale.ROOT))
        .doesNotContainAnyElementsOf(UdfRegistry.all().stream().map(Udf::name).toList());
  }

  @Test
  void asTemporaryFunctions() throws Exception {
    UdfRegistry.register(tables);

    assertScalars();
  }

  @Test
  void asAModule() throws Exception {
    tables.executeSql("LOAD MODULE sluice");

    assertScalars();
    assertThat(rows(tables.sqlQuery("SELECT UPPER('a'), TO_LOWER('A')")))
        .as("Flink's own functions stay")
        .containsExactly(Row.of("A", "a"));
  }

  private void assertScalars() throws Exception {
    tables.createTemporaryView(
        "data",
        tables.fromValues(
            DataTypes.ROW(
                DataTypes.FIELD("t", DataTypes.STRING()),
                DataTypes.FIELD("dt", DataTypes.TIMESTAMP(3)),
                DataTypes.FIELD("n", DataTypes.BIGINT()),
                DataTypes.FIELD("j", DataTypes.STRING())),
            Row.of("AMZN", TEN, 1_767_607_200L, "{\"a\":[1,2]}"),
            Row.of(null, null, null, null)));

    assertThat(rows(tables.sqlQuery(SCALARS + " FROM data")))
        .containsExactlyInAnyOrder(
            Row.of(
                24_159_360L,
                24_159_360L,
                new Murmur3().eval("AMZN"),
                new Murmur3().eval("AMZN", 1),
                new Sha256Hex().eval("AMZN"),
                new Sha256Hex().eval("AMZN", "salt"),
                "amzn",
                1_767_607_200L,
                1_767_603_600L,
                null,
                TEN,
                TEN.plusHours(1),
                null,
                "[2,3]",
                null),
            new Row(RowKind.INSERT, 15));
  }

  @Test
  void inTheTableApi() throws Exception {
    Table table = tables.fromValues(Row.of("AMZN", 800.0, 1L), Row.of("AMZN", 200.0, 2L));

    assertThat(
            rows(table.select(call(ToLower.class, $("f0")), call(new Murmur3(), $("f0"), lit(7)))))
        .hasSize(2)
        .allMatch(row -> row.equals(Row.of("amzn", new Murmur3().eval("AMZN", 7))));
    assertThat(last(table.select(call(Vwap.class, $("f1"), $("f2")))))
        .isEqualTo(Row.ofKind(RowKind.UPDATE_AFTER, 400.0));
  }

  @Test
  void inADataStreamJob() throws Exception {
    try (CollectingSink<String> sink = CollectingSink.create()) {
      env.fromData("{\"ticker\":\"AMZN\"}", "{\"ticker\":").map(new TickerOf()).sinkTo(sink);
      env.execute();

      assertThat(sink.finished()).containsExactly("amzn", "none");
    }
  }

  private static final class TickerOf implements MapFunction<String, String> {
    private static final long serialVersionUID = 1L;

    private final TryJsonQueryJq jq = new TryJsonQueryJq();
    private final ToLower lower = new ToLower();

    @Override
    public String map(String json) {
      String ticker = lower.eval(jq.eval(json, ".ticker"));
      return ticker == null ? "none" : ticker;
    }
  }

  @Test
  void explodesArraysInLateralJoins() throws Exception {
    UdfRegistry.register(tables);
    tables.createTemporaryView(
        "data", tables.fromValues(Row.of(1, "[\"a\",{\"b\":2}]"), Row.of(2, "no array")));

    assertThat(
            rows(
                tables.sqlQuery(
                    "SELECT f0, idx, item FROM data"
                        + " LEFT JOIN LATERAL TABLE(TRY_EXPLODE_JSON(f1)) ON TRUE")))
        .containsExactly(Row.of(1, 0, "a"), Row.of(1, 1, "{\"b\":2}"), Row.of(2, null, null));
    assertThat(
            rows(
                tables.sqlQuery(
                    "SELECT T.i, T.e FROM data, LATERAL TABLE(EXPLODE_JSON(f1)) AS T(i, e)"
                        + " WHERE f0 = 1")))
        .containsExactly(Row.of(0, "a"), Row.of(1, "{\"b\":2}"));
  }

  /** The input takes rows back, so the aggregates must. */
  @Test
  void aggregatesOverAChangelog() throws Exception {
    UdfRegistry.register(tables);
    DataStream<Row> changes =
        env.fromData(
            Types.ROW_NAMED(
                new String[] {"ticker", "price", "volume", "at"},
                Types.STRING,
                Types.DOUBLE,
                Types.LONG,
                Types.LOCAL_DATE_TIME),
            Row.ofKind(RowKind.INSERT, "AMZN", 100.0, 1L, TEN),
            Row.ofKind(RowKind.INSERT, "AMZN", 900.0, 5L, TEN.plusMinutes(5)),
            Row.ofKind(RowKind.UPDATE_BEFORE, "AMZN", 900.0, 5L, TEN.plusMinutes(5)),
            Row.ofKind(RowKind.UPDATE_AFTER, "AMZN", 40.0, 3L, TEN.plusMinutes(5)));
    tables.createTemporaryView("ticks", tables.fromChangelogStream(changes));

    assertThat(
            last(
                tables.sqlQuery(
                    "SELECT ticker, VWAP(price, volume), EMA(price, `at`, INTERVAL '5' MINUTE)"
                        + " FROM ticks GROUP BY ticker")))
        .isEqualTo(Row.ofKind(RowKind.UPDATE_AFTER, "AMZN", 55.0, 60.0));
  }

  @Test
  void aggregatesOverAWindowOfTime() throws Exception {
    UdfRegistry.register(tables);
    ticks();

    assertThat(
            rows(
                tables.sqlQuery(
                    "SELECT VWAP(price, volume) OVER w,"
                        + " EMA(price, event_time, INTERVAL '5' MINUTE) OVER w FROM ticks"
                        + " WINDOW w AS (ORDER BY event_time"
                        + " RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW)")))
        .containsExactly(
            Row.of(100.0, 100.0),
            Row.of(55.0, 60.0),
            Row.of((120.0 + 70) / 4, (40.0 + 70 * Math.sqrt(2)) / (1 + Math.sqrt(2))),
            Row.of(10.0, 10.0));
  }

  @Test
  void aggregatesInWindowsWithALocalTimeZone() throws Exception {
    UdfRegistry.register(tables);
    ticks();

    assertThat(
            rows(
                tables.sqlQuery(
                    "SELECT window_start, VWAP(price, volume), EMA(price, CAST(event_time AS"
                        + " TIMESTAMP_LTZ(3)), INTERVAL '5' MINUTE) FROM TABLE(TUMBLE(TABLE ticks,"
                        + " DESCRIPTOR(event_time), INTERVAL '6' MINUTE)) GROUP BY window_start,"
                        + " window_end")))
        .contains(Row.of(TEN, 55.0, 60.0));
  }

  private void ticks() {
    DataStream<Row> rows =
        env.fromData(
                Types.ROW_NAMED(
                    new String[] {"price", "volume", "event_time"},
                    Types.DOUBLE,
                    Types.LONG,
                    Types.LOCAL_DATE_TIME),
                Row.of(100.0, 1L, TEN),
                Row.of(40.0, 3L, TEN.plusMinutes(5)),
                Row.of(70.0, 1L, TEN.plusSeconds(450)),
                Row.of(10.0, 1L, TEN.plusMinutes(60)))
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
            .column("price", "DOUBLE")
            .column("volume", "BIGINT")
            .column("event_time", "TIMESTAMP(3)")
            .watermark("event_time", "SOURCE_WATERMARK()")
            .build());
  }

  private static Row last(Table table) {
    List<Row> rows = rows(table);
    return rows.get(rows.size() - 1);
  }

  private static List<Row> rows(Table table) {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> found = table.execute().collect()) {
      found.forEachRemaining(rows::add);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return rows;
  }
}
