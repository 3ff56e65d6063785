package dev.sluice.common.operator.late;

import java.util.List;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;

/** The operator in a harness of Flink, with rows of a number and a time. */
final class MarkHarness {
  static final int MAX_PARALLELISM = 8;

  private static final LateRowsTable TABLE = new LateRowsTable("`c`.`d`.`marked`", 1, 3);

  private MarkHarness() {}

  static OneInputStreamOperatorTestHarness<Tuple2<Integer, RowData>, Tuple2<RowData, Boolean>> open(
      int parallelism, int subtask, List<OperatorSubtaskState> before) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<Tuple2<Integer, RowData>, Tuple2<RowData, Boolean>>(
            new MarkLateRowsOperator(TABLE), MAX_PARALLELISM, parallelism, subtask);
    if (!before.isEmpty()) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              AbstractStreamOperatorTestHarness.repackageState(
                  before.toArray(OperatorSubtaskState[]::new)),
              MAX_PARALLELISM,
              before.size(),
              parallelism,
              subtask));
    }
    harness.open();
    return harness;
  }

  static Tuple2<Integer, RowData> row(int sender, long number, long time) {
    return Tuple2.of(sender, GenericRowData.of(number, TimestampData.fromEpochMillis(time)));
  }
}
