package dev.sluice.common.sink.kinesis;

import org.apache.flink.util.function.ThrowingRunnable;

/** The thread and the clock that {@link OrderedPuts} lives in. */
interface PutSurroundings {
  /** Milliseconds since the epoch. */
  long now();

  /** Calls {@link OrderedPuts#wake} at a time, on the thread of the writer. */
  void wakeAt(long millis);

  /** From any thread: runs this on the thread of the writer, whose task fails if it throws. */
  void onWriterThread(ThrowingRunnable<Exception> action);
}
