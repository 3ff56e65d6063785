package dev.sluice.benchmarks.sql;

import dev.sluice.analytics.QueryOfTheJob;
import dev.sluice.benchmarks.measure.Contestant;
import dev.sluice.benchmarks.measure.StockFlink;
import dev.sluice.common.operator.drop.DropAlerts;
import dev.sluice.common.operator.drop.DropRule;
import dev.sluice.common.source.generated.GeneratedSource;
import dev.sluice.common.source.generated.ticks.Tick;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A form of the drop alert, behind the same rows; alerts are counted and compared. */
final class DropRun implements Contestant {
  /** As in {@code ticks.sql}. */
  private static final Duration LATENESS = Duration.ofSeconds(5);

  private final Form form;
  private final PriceShape shape;
  private final int openRows;
  private final long rows;
  private final Duration interval;
  private final DropTicks ticks;

  DropRun(Form form, PriceShape shape, int openRows, long rows, Duration interval) {
    this.form = form;
    this.shape = shape;
    this.openRows = openRows;
    this.rows = rows;
    this.interval = interval;
    this.ticks = new DropTicks(shape, openRows);
  }

  @Override
  public void run(Path input, Path output, Path checkpoints) throws Exception {
    SqlRunOptions options = SqlRunOptions.of(form, shape, openRows, rows, checkpoints, interval);
    switch (form) {
      case OPERATOR -> runOperator(checkpoints);
      case CORRECTED -> QueryOfTheJob.run(options.words());
      default -> BareSql.run(options); // no part of Sluice
    }
  }

  private void runOperator(Path checkpoints) throws Exception {
    StreamExecutionEnvironment env =
        StockFlink.environment(checkpoints, interval, SqlProcess.PARALLELISM);
    DropTicks made = ticks;
    DataStream<Tick> stream =
        GeneratedSource.of(made)
            .records(rows)
            .addTo(env, "generate")
            .map(record -> made.tick(record.arrivalTimestamp))
            .returns(Tick.class)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Tick>forBoundedOutOfOrderness(LATENESS)
                    .withTimestampAssigner((tick, none) -> tick.eventTime));
    DropRule rule = DropRule.of(DropTicks.DROP, Duration.ofMillis(DropTicks.WITHIN));
    DropAlerts.onTicks(stream, rule, "drops").alerts().sinkTo(new AlertSink<>());
    env.execute();
  }

  @Override
  public Work work(Path output) {
    long expected = ticks.drops(rows);
    if (AlertSink.alerts() != expected) {
      throw new IllegalStateException(
          AlertSink.alerts() + " alerts, but there are " + expected + " drops");
    }
    return new Work(rows, 0);
  }

  @Override
  public long done() {
    return ticks.upTo(AlertSink.watermark(), rows);
  }
}
