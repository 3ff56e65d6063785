package dev.sluice.common.operator.drop;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** The operator behind {@link DropAlerts}, which documents it. */
final class FindDrops<T> extends KeyedProcessFunction<String, T, DropAlert> {
  private static final long serialVersionUID = 1L;

  private final PriceOf<T> priceOf;
  private final DropRule rule;
  private final OutputTag<T> late;

  private transient WaitingPrices waiting;
  private transient Candidates candidates;
  private transient long restoredWatermark;
  private transient Counter lateRows;
  private transient Counter dropAlerts;

  FindDrops(PriceOf<T> priceOf, DropRule rule, OutputTag<T> late) {
    this.priceOf = priceOf;
    this.rule = rule;
    this.late = late;
  }

  /** Called before open; a number below all times if there is none. */
  void restoreWatermark(long watermark) {
    restoredWatermark = watermark;
  }

  @Override
  public void open(OpenContext context) {
    waiting = new WaitingPrices(getRuntimeContext());
    candidates = new Candidates(getRuntimeContext(), rule);
    lateRows = getRuntimeContext().getMetricGroup().counter("lateRows");
    dropAlerts = getRuntimeContext().getMetricGroup().counter("dropAlerts");
  }

  @Override
  public void processElement(T row, Context context, Collector<DropAlert> out) throws Exception {
    Long time = context.timestamp();
    if (time == null) {
      throw new IllegalStateException(
          "Rows must have event times to find drops in them: assign timestamps and watermarks");
    }
    if (time <= Math.max(restoredWatermark, context.timerService().currentWatermark())) {
      lateRows.inc();
      context.output(late, row);
      return;
    }
    if (waiting.add(time, priceOf.price(row))) {
      context.timerService().registerEventTimeTimer(time);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<DropAlert> out)
      throws Exception {
    candidates.load();
    waiting.take(time, price -> see(time, price, context, out));
    long cleanup = candidates.cleanUp(time);
    candidates.store();
    if (cleanup != Candidates.NO_CLEANUP) {
      context.timerService().registerEventTimeTimer(cleanup);
    }
  }

  private void see(long time, double price, OnTimerContext context, Collector<DropAlert> out)
      throws Exception {
    Candidate start = candidates.see(time, price);
    if (start != null) {
      dropAlerts.inc();
      out.collect(new DropAlert(context.getCurrentKey(), start.time, time, start.price, price));
    }
  }
}
