package dev.sluice.common.operator.late;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;

/**
 * The watermark of an operator, kept in savepoints: Flink itself begins without one after a
 * restore, and rows that were late would be in time. It never falls. Not thread-safe: one per
 * subtask.
 */
public final class SavedWatermark {
  private final ListState<Long> saved;
  private long watermark;

  private SavedWatermark(ListState<Long> saved, long watermark) {
    this.saved = saved;
    this.watermark = watermark;
  }

  /** That of a savepoint, or one below all times; called when the operator opens. */
  public static SavedWatermark in(OperatorStateStore store) throws Exception {
    ListState<Long> saved =
        store.getUnionListState(new ListStateDescriptor<>("watermark", LongSerializer.INSTANCE));
    return new SavedWatermark(saved, restored(saved.get()));
  }

  /** The least of all subtasks, as Flink's windows do. None is left by an input that has ended. */
  private static long restored(Iterable<Long> watermarks) {
    long least = Long.MAX_VALUE;
    for (long one : watermarks) {
      least = Math.min(least, one);
    }
    return least == Long.MAX_VALUE ? Long.MIN_VALUE : least;
  }

  /** Puts it into a savepoint. */
  public void save() throws Exception {
    saved.update(List.of(watermark));
  }

  /** Takes a watermark that has come. */
  public void advanceTo(long time) {
    watermark = Math.max(watermark, time);
  }

  /** In milliseconds since the epoch: rows of this time and before it are late. */
  public long get() {
    return watermark;
  }
}
