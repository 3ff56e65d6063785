package dev.sluice.partitioning;

import dev.sluice.common.record.RawRecord;
import dev.sluice.partitioning.sink.PartitionedRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * From the bytes of a record to rows in their partitions; one operator, so that it runs in the
 * thread of the source.
 *
 * <p>Every record that comes in leaves as rows, as rows of dead letters, or is counted as dropped
 * by a transformer. No state.
 */
final class PartitionRecords extends ProcessFunction<RawRecord, PartitionedRecord> {
  private static final long serialVersionUID = 1L;

  private final Partitioning partitioning;
  private final long bytesPerLane;

  private transient RecordPipeline pipeline;
  private transient Lanes lanes;

  /**
   * @param bytesPerLane of one partition per second and subtask of the sink
   */
  PartitionRecords(Partitioning partitioning, long bytesPerLane) {
    this.partitioning = partitioning;
    this.bytesPerLane = bytesPerLane;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    lanes = new Lanes(System::nanoTime, bytesPerLane, subtasks, subtasks);
    PartitioningMetrics metrics =
        new PartitioningMetrics(getRuntimeContext().getMetricGroup(), lanes::hotPartitions);
    pipeline =
        partitioning.open(
            metrics, System::currentTimeMillis, getRuntimeContext().getUserCodeClassLoader());
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<PartitionedRecord> out)
      throws Exception {
    pipeline.partition(
        record,
        (row, eventTime) -> {
          row.lane = lanes.next(row.partition, row.row.length);
          out.collect(row);
        });
  }

  @Override
  public void close() throws Exception {
    if (pipeline != null) {
      pipeline.close();
    }
  }
}
