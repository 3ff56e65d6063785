package dev.sluice.common.sink.kinesis;

/** The thread and the clock that {@link OrderedPuts} lives in. */
public interface PutSurroundings {
  /** Milliseconds since the epoch. */
  long now();

  /** Calls {@link OrderedPuts#wake} at a time, on the thread of the writer. */
  void wakeAt(long millis);

  /** From any thread: runs this on the thread of the writer, whose task fails if it throws. */
  void onWriterThread(Action action);

  /** A step of the writer. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }
}
