package dev.sluice.common.operator.drop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.source.generated.ticks.Tick;
import dev.sluice.testing.CollectingSink;
import dev.sluice.testing.ManualSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operator against {@code MATCH_RECOGNIZE} and against a plain computation. */
@Timeout(300)
class DropsIT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final int STREAMS_A_RUN = 2_500;
  private static final DropRule RULE = DropRule.of(500, Duration.ofMinutes(10));
  private static final LocalDateTime TEN = LocalDateTime.of(2021, 8, 31, 10, 0);

  @Test
  void theTableOfThePostsGivesOneMatch() throws Exception {
    double[] prices = {800, 400, 500, 350, 200};
    List<RandomStreams.Step> steps = new ArrayList<>();
    for (int i = 0; i < prices.length; i++) {
      long time = TEN.plusMinutes(i).toInstant(ZoneOffset.UTC).toEpochMilli();
      steps.add(new RandomStreams.Step(new Tick("e" + i, "AMZN", prices[i], 1, time), 0));
    }

    Found found = run(steps);

    Row expected = Row.of("AMZN", TEN, TEN.plusMinutes(4), 600.0, 800.0, 200.0);
    assertThat(found.byPattern).containsExactly(expected);
    assertThat(found.byOperator).containsExactly(expected);
  }

  /** The promise of the operator: 10,000 streams, each as the pattern sees it. */
  @Test
  void findsWhatThePatternFinds() throws Exception {
    int drops = 0;
    int late = 0;
    for (int run = 0; run < 10_000 / STREAMS_A_RUN; run++) {
      List<RandomStreams.Step> steps = RandomStreams.of(STREAMS_A_RUN, run);

      Found found = run(steps);

      Map<Object, List<Row>> byPattern = perTicker(found.byPattern);
      Map<Object, List<Row>> byOperator = perTicker(found.byOperator);
      byPattern.forEach(
          (ticker, rows) -> assertThat(byOperator.get(ticker)).as("%s", ticker).isEqualTo(rows));
      assertThat(byOperator).isEqualTo(byPattern);
      List<String> expectedLate = new ArrayList<>();
      assertThat(byOperator).isEqualTo(plain(steps, expectedLate));
      assertThat(found.late).isEqualTo(expectedLate);
      drops += found.byOperator.size();
      late += found.late.size();
    }
    assertThat(drops).as("drops found").isGreaterThan(5_000);
    assertThat(late).as("late rows").isGreaterThan(1_000);
  }

  /** What both give for the same rows, each per ticker in the order of emission. */
  private record Found(List<Row> byPattern, List<Row> byOperator, List<String> late) {}

  private static Found run(List<RandomStreams.Step> steps) throws Exception {
    try (ManualSource<Tick> source = ManualSource.unbounded(TypeInformation.of(Tick.class));
        CollectingSink<Row> pattern = CollectingSink.create();
        CollectingSink<Row> operator = CollectingSink.create();
        CollectingSink<Row> late = CollectingSink.create()) {
      for (RandomStreams.Step step : steps) {
        if (step.row() == null) {
          source.watermark(step.watermark());
        } else {
          source.emitAt(step.row().eventTime, step.row());
        }
      }
      source.end();
      Configuration config = new Configuration();
      config.set(PipelineOptions.GENERIC_TYPES, false);
      StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
      env.setParallelism(1);
      StreamTableEnvironment tables = StreamTableEnvironment.create(env);
      register(tables, env.fromSource(source, WatermarkStrategy.noWatermarks(), "ticks"));
      collect(tables, tables.sqlQuery(sql()), pattern);
      DropAlertTable.of(RULE)
          .lateRows("late_ticks")
          .unusableRows("unusable_ticks")
          .register(tables, "ticks", "drop_alerts");
      collect(tables, tables.sqlQuery("SELECT * FROM drop_alerts"), operator);
      collect(tables, tables.from("late_ticks"), late);
      env.execute();
      return new Found(
          pattern.finished(),
          operator.finished(),
          late.finished().stream().map(row -> row.<String>getFieldAs("event_id")).toList());
    }
  }

  private static void register(StreamTableEnvironment tables, DataStream<Tick> ticks) {
    DataStream<Row> rows =
        ticks
            .map(tick -> Row.of(tick.eventId, tick.ticker, tick.price, time(tick.eventTime)))
            .returns(
                Types.ROW_NAMED(
                    new String[] {"event_id", "ticker", "price", "event_time"},
                    Types.STRING,
                    Types.STRING,
                    Types.DOUBLE,
                    Types.LOCAL_DATE_TIME));
    Schema schema =
        Schema.newBuilder()
            .column("event_id", "STRING")
            .column("ticker", "STRING")
            .column("price", "DOUBLE")
            .column("event_time", "TIMESTAMP(3)")
            .watermark("event_time", "SOURCE_WATERMARK()")
            .build();
    tables.createTemporaryView("ticks", rows, schema);
  }

  private static LocalDateTime time(long millis) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  private static void collect(
      StreamTableEnvironment tables, Table table, CollectingSink<Row> sink) {
    tables.toDataStream(table).sinkTo(sink);
  }

  static String sql() throws IOException {
    try (InputStream in = DropsIT.class.getResourceAsStream("/drop_alert.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Map<Object, List<Row>> perTicker(List<Row> rows) {
    Map<Object, List<Row>> perTicker = new HashMap<>();
    rows.forEach(
        row -> perTicker.computeIfAbsent(row.getField(0), any -> new ArrayList<>()).add(row));
    return perTicker;
  }

  /** The drops in all rows that are not late, and the identities of those that are. */
  private static Map<Object, List<Row>> plain(List<RandomStreams.Step> steps, List<String> late) {
    Map<String, List<PlainDrops.Row>> rows = new HashMap<>();
    long watermark = Long.MIN_VALUE;
    for (RandomStreams.Step step : steps) {
      Tick tick = step.row();
      if (tick == null) {
        watermark = step.watermark();
      } else if (tick.eventTime <= watermark) {
        late.add(tick.eventId);
      } else {
        rows.computeIfAbsent(tick.ticker, any -> new ArrayList<>())
            .add(new PlainDrops.Row(tick.eventTime, tick.price));
      }
    }
    Map<Object, List<Row>> drops = new HashMap<>();
    rows.forEach(
        (ticker, own) -> {
          own.sort(Comparator.comparingLong(PlainDrops.Row::time)); // stable
          List<Row> found =
              PlainDrops.of(own, RULE.drop, RULE.withinMillis).stream()
                  .map(drop -> row(ticker, drop))
                  .toList();
          if (!found.isEmpty()) {
            drops.put(ticker, found);
          }
        });
    return drops;
  }

  private static Row row(String ticker, PlainDrops.Drop drop) {
    double from = drop.from().price();
    double to = drop.to().price();
    return Row.of(ticker, time(drop.from().time()), time(drop.to().time()), from - to, from, to);
  }
}
