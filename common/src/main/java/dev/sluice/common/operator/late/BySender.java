package dev.sluice.common.operator.late;

import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.table.data.RowData;

/**
 * Sends all rows of a subtask to one behind it, which keeps their order and mostly stays in the
 * same process. The watermarks go to all, as no forward edge would have it.
 */
final class BySender
    implements Partitioner<Integer>, KeySelector<Tuple2<Integer, RowData>, Integer> {
  private static final long serialVersionUID = 1L;

  @Override
  public int partition(Integer sender, int receivers) {
    return sender % receivers;
  }

  @Override
  public Integer getKey(Tuple2<Integer, RowData> row) {
    return row.f0;
  }

  /** Writes the number of the subtask on each row. */
  static final class Name extends RichMapFunction<RowData, Tuple2<Integer, RowData>> {
    private static final long serialVersionUID = 1L;

    @Override
    public Tuple2<Integer, RowData> map(RowData row) {
      return Tuple2.of(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), row);
    }
  }
}
