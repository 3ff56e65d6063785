package dev.sluice.common.operator.drop;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Parts rows that have no key or no price from the others. */
final class SplitUnusableRows<T> extends ProcessFunction<T, T> {
  private static final long serialVersionUID = 1L;

  private final PriceOf<T> priceOf;
  private final OutputTag<T> unusable;

  private transient Counter unusableRows;

  SplitUnusableRows(PriceOf<T> priceOf, OutputTag<T> unusable) {
    this.priceOf = priceOf;
    this.unusable = unusable;
  }

  @Override
  public void open(OpenContext context) {
    unusableRows = getRuntimeContext().getMetricGroup().counter("unusableRows");
  }

  @Override
  public void processElement(T row, Context context, Collector<T> out) {
    if (priceOf.key(row) == null || Double.isNaN(priceOf.price(row))) {
      unusableRows.inc();
      context.output(unusable, row);
    } else {
      out.collect(row);
    }
  }
}
