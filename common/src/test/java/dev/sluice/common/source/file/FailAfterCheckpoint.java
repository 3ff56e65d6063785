package dev.sluice.common.source.file;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/** Fails a few times, each time some records after a completed checkpoint. */
final class FailAfterCheckpoint extends RichMapFunction<FileObject, FileObject>
    implements CheckpointListener {
  static final AtomicInteger FAILURES_LEFT = new AtomicInteger();

  private static final long serialVersionUID = 1L;
  private static final int RECORDS_AFTER_CHECKPOINT = 7;

  private int sinceCheckpoint = Integer.MIN_VALUE;

  @Override
  public FileObject map(FileObject object) {
    if (++sinceCheckpoint >= RECORDS_AFTER_CHECKPOINT && FAILURES_LEFT.getAndDecrement() > 0) {
      throw new IllegalStateException("Failure on purpose at " + object);
    }
    return object;
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    sinceCheckpoint = 0;
  }
}
