package dev.sluice.common.operator.late;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.table.data.RowData;

/**
 * Says of each row whether it is late: whether its time is not above the watermark.
 *
 * <p>Nothing behind it is ever ahead of a subtask of it, so a row that is in time here is in time
 * there. This takes three things: each subtask hears all watermarks, so its input is from all
 * subtasks before; the watermark is in savepoints, as that of windows is; and none of its subtasks
 * is idle for those behind, who would go on without it. Idle inputs of it do not hold it up.
 */
final class MarkLateRowsOperator extends AbstractStreamOperator<Tuple2<RowData, Boolean>>
    implements OneInputStreamOperator<Tuple2<Integer, RowData>, Tuple2<RowData, Boolean>> {
  private static final long serialVersionUID = 1L;

  private final LateRowsTable table;

  private transient SavedWatermark watermark;
  private transient Counter lateRows;

  MarkLateRowsOperator(LateRowsTable table) {
    this.table = table;
  }

  @Override
  public void open() throws Exception {
    super.open();
    watermark = SavedWatermark.in(getOperatorStateBackend());
    lateRows = getMetricGroup().counter("lateRows");
  }

  @Override
  public void processElement(StreamRecord<Tuple2<Integer, RowData>> element) {
    RowData row = element.getValue().f1;
    long time = table.time(row);
    boolean late = time <= watermark.get();
    if (watermark.get() != Long.MIN_VALUE && !isRowtime(element, time)) {
      // A cast, to a type of another zone say: the watermark is of another clock.
      throw new IllegalStateException(table.notRowtime());
    }
    if (late) {
      lateRows.inc();
    }
    output.collect(element.replace(Tuple2.of(row, late)));
  }

  /** The planner puts the time attribute of the query, if the row still has it, beside the row. */
  private static boolean isRowtime(StreamRecord<?> element, long time) {
    return element.hasTimestamp() && element.getTimestamp() == time;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark.advanceTo(mark.getTimestamp());
    super.processWatermark(mark);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // Stays here: behind an idle subtask windows go on, and what it says next would be late there.
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    watermark.save();
  }
}
