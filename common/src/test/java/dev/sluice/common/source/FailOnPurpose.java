package dev.sluice.common.source;

import dev.sluice.common.record.RawRecord;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/** Fails a few times, each time some records after a completed checkpoint. */
public final class FailOnPurpose extends RichMapFunction<RawRecord, RawRecord>
    implements CheckpointListener {
  /** How often it is yet to fail, in all subtasks together. */
  public static final AtomicInteger FAILURES_LEFT = new AtomicInteger();

  private static final long serialVersionUID = 1L;

  private final int recordsAfterCheckpoint;
  private int sinceCheckpoint = Integer.MIN_VALUE;

  public FailOnPurpose(int recordsAfterCheckpoint) {
    this.recordsAfterCheckpoint = recordsAfterCheckpoint;
  }

  @Override
  public RawRecord map(RawRecord record) {
    if (++sinceCheckpoint >= recordsAfterCheckpoint && FAILURES_LEFT.getAndDecrement() > 0) {
      throw new IllegalStateException("Failure on purpose at " + record);
    }
    return record;
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    sinceCheckpoint = 0;
  }
}
