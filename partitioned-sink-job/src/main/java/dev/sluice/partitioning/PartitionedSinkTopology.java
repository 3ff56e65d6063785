package dev.sluice.partitioning;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.record.RawRecord;
import dev.sluice.partitioning.sink.PartitionedRecord;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The dataflow of the job: a pure function from records to rows, each before its subtask. */
final class PartitionedSinkTopology {
  private PartitionedSinkTopology() {}

  /**
   * Rows and dead letters, dealt out so that records of a partition meet in one subtask of what
   * follows, or in a few if it is hot.
   *
   * @param rejected what the source could not read
   * @param bytesPerLane of one partition per second, above which it is spread
   */
  static DataStream<PartitionedRecord> build(
      DataStream<RawRecord> records,
      List<DataStream<DeadLetter>> rejected,
      Partitioning partitioning,
      long bytesPerLane) {
    DataStream<PartitionedRecord> rows =
        records
            .process(new PartitionRecords(partitioning, bytesPerLane))
            .name("partition records")
            .uid(Uids.PARTITION);
    if (!rejected.isEmpty()) {
      rows = rows.union(letters(rejected, partitioning));
    }
    return rows.partitionCustom(
        (Integer slot, int subtasks) -> slot % subtasks,
        row -> Math.floorMod(row.partition.hashCode() + row.lane, Integer.MAX_VALUE));
  }

  private static DataStream<PartitionedRecord> letters(
      List<DataStream<DeadLetter>> rejected, Partitioning partitioning) {
    DataStream<DeadLetter> all = rejected.get(0);
    for (DataStream<DeadLetter> more : rejected.subList(1, rejected.size())) {
      all = all.union(more);
    }
    return all.map(new RowsOfDeadLetters(partitioning.errorPrefix()))
        .name("rejected objects to rows")
        .uid(Uids.REJECTED_TO_ROWS);
  }
}
