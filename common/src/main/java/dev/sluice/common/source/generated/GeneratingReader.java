package dev.sluice.common.source.generated;

import dev.sluice.common.record.RawRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Emits the records of its lanes, the lane that lags most first.
 *
 * <p>Records are made in the task thread: all methods are called by it.
 */
final class GeneratingReader implements SourceReader<RawRecord, IndexLane> {
  /** Below this a timer costs more than it orders. */
  private static final long LEAST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final RecordGenerator generator;
  private final long records;
  private final double perSecond;
  private final int subtask;
  private final Counter recordsIn;
  private final Counter bytesIn;
  private final Pace pace;

  /** Those that have indexes left, without the one of {@link #current}. */
  private final PriorityQueue<IndexLane> lanes =
      new PriorityQueue<>(Comparator.comparingLong(IndexLane::next));

  /** The lane that is emitted from, and its next index, which it does not know itself. */
  private @Nullable IndexLane current;

  private long next;

  /** How many lanes it was given. */
  private int shares;

  private boolean noMoreLanes;
  private CompletableFuture<Void> arrival = new CompletableFuture<>();
  private CompletableFuture<Void> due = CompletableFuture.completedFuture(null);
  private @Nullable ScheduledExecutorService timer;

  GeneratingReader(
      SourceReaderContext context, RecordGenerator generator, long records, double perSecond) {
    this.generator = generator;
    this.records = records;
    this.perSecond = perSecond;
    this.pace = new Pace(System::nanoTime, perSecond);
    this.subtask = context.getIndexOfSubtask();
    this.recordsIn = context.metricGroup().getIOMetricGroup().getNumRecordsInCounter();
    this.bytesIn = context.metricGroup().getIOMetricGroup().getNumBytesInCounter();
  }

  @Override
  public void start() {}

  @Override
  public void addSplits(List<IndexLane> added) {
    added.stream().filter(lane -> lane.next() < records).forEach(lanes::add);
    shares = lanes.size() + (current == null ? 0 : 1);
    setPace();
    arrival.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreLanes = true;
    arrival.complete(null);
  }

  /**
   * Each lane that has records has its share of the rate, wherever it is. The share of one that has
   * ended goes to the others here, so that the last records are not slower than the first.
   */
  private void setPace() {
    if (perSecond != Double.POSITIVE_INFINITY) {
      pace.set(perSecond * shares / IndexLane.used(records));
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RawRecord> output) {
    if (current == null && !nextLane()) {
      return noMoreLanes ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }
    if (!pace.take()) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    RawRecord record = generator.generate(next);
    advance();
    recordsIn.inc();
    bytesIn.inc(record.data.length);
    output.collect(record, record.arrivalTimestamp);
    return InputStatus.MORE_AVAILABLE;
  }

  private boolean nextLane() {
    current = lanes.poll();
    if (current == null) {
      return false;
    }
    next = current.next();
    return true;
  }

  private void advance() {
    long after = IndexLane.after(next);
    boolean blockEnds = after != next + 1;
    next = after;
    if (next >= records || blockEnds) {
      putBack();
    }
  }

  private void putBack() {
    IndexLane position = position();
    current = null;
    if (position.next() < records) {
      lanes.add(position);
    }
  }

  private IndexLane position() {
    return new IndexLane(Objects.requireNonNull(current).lane(), next);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    if (current == null && lanes.isEmpty() && !noMoreLanes) {
      if (arrival.isDone()) {
        arrival = new CompletableFuture<>();
      }
      return arrival;
    }
    long wait = lanes.isEmpty() && current == null ? 0 : pace.nanosToNext();
    if (wait > 0 && due.isDone()) {
      CompletableFuture<Void> later = new CompletableFuture<>();
      long nanos = Math.max(wait, LEAST_WAIT_NANOS);
      // Nobody waits for the timer itself.
      var unused = timer().schedule(() -> later.complete(null), nanos, TimeUnit.NANOSECONDS);
      due = later;
    }
    return wait > 0 ? due : CompletableFuture.completedFuture(null);
  }

  private ScheduledExecutorService timer() {
    if (timer == null) {
      String name = "Pace of generated records, subtask " + subtask;
      timer =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
              });
    }
    return timer;
  }

  @Override
  public List<IndexLane> snapshotState(long checkpointId) {
    List<IndexLane> all = new ArrayList<>(lanes);
    if (current != null) {
      all.add(position());
    }
    return all;
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
