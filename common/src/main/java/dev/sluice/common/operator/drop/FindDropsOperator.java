package dev.sluice.common.operator.drop;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Runs {@link FindDrops}, and keeps the watermark in savepoints: Flink itself begins without one
 * after a restore, and rows from before the candidates would count as in time.
 */
final class FindDropsOperator<T> extends KeyedProcessOperator<String, T, DropAlert> {
  private static final long serialVersionUID = 1L;

  private final FindDrops<T> function;

  private transient long watermark;

  FindDropsOperator(FindDrops<T> function) {
    super(function);
    this.function = function;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    watermark = restored(saved(context.getOperatorStateStore()).get());
    function.restoreWatermark(watermark);
  }

  private static ListState<Long> saved(OperatorStateStore store) throws Exception {
    return store.getUnionListState(new ListStateDescriptor<>("watermark", LongSerializer.INSTANCE));
  }

  /** The least of all subtasks, as Flink's windows do. None is left by an input that has ended. */
  private static long restored(Iterable<Long> watermarks) {
    long least = Long.MAX_VALUE;
    for (long one : watermarks) {
      least = Math.min(least, one);
    }
    return least == Long.MAX_VALUE ? Long.MIN_VALUE : least;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    saved(getOperatorStateBackend()).update(List.of(watermark));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = Math.max(watermark, mark.getTimestamp());
    super.processWatermark(mark);
  }
}
