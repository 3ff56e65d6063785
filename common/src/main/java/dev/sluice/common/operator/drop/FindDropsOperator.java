package dev.sluice.common.operator.drop;

import dev.sluice.common.operator.late.SavedWatermark;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Runs {@link FindDrops}, and keeps the watermark in savepoints: without it rows from before the
 * candidates would count as in time after a restore.
 */
final class FindDropsOperator<T> extends KeyedProcessOperator<String, T, DropAlert> {
  private static final long serialVersionUID = 1L;

  private final FindDrops<T> function;

  private transient SavedWatermark watermark;

  FindDropsOperator(FindDrops<T> function) {
    super(function);
    this.function = function;
  }

  @Override
  public void open() throws Exception {
    watermark = SavedWatermark.in(getOperatorStateBackend());
    function.restoreWatermark(watermark.get());
    super.open();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    watermark.save();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark.advanceTo(mark.getTimestamp());
    super.processWatermark(mark);
  }
}
