package dev.sluice.replication;

import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws a {@link PositionCut} with each checkpoint and keeps it when the checkpoint is complete.
 *
 * <p>The sink lets a barrier go when everything before it is acknowledged, and all barriers meet
 * here. So at a snapshot the greatest sequence number of each source shard is a line: what is up to
 * it is in the target, what is behind it was not sent before the barrier. In the target that is
 * behind all that an earlier checkpoint had acknowledged, if that was complete before this one was
 * triggered. So a line pairs the source of one checkpoint with the target of an earlier one, and a
 * consumer that follows it reads again what was replicated between the two.
 *
 * <p>One subtask, aligned checkpoints. Not thread-safe: the task's thread alone.
 */
final class TrackPositions extends ProcessFunction<Replicated, Replicated>
    implements CheckpointedFunction, CheckpointListener {
  private static final long serialVersionUID = 1L;

  /** How far the clocks of JobManager and TaskManager may differ. */
  static final long SKEW_MILLIS = 1_000;

  /** As many mean that the store is not away for a moment, but missing or forbidden. */
  static final int FAILURES_IN_A_ROW = 10;

  private static final Logger LOG = LoggerFactory.getLogger(TrackPositions.class);

  private final PositionStore.Factory factory;
  private transient int failures;

  private transient PositionStore store;
  private transient ReplicationMetrics metrics;
  private transient Map<String, BigInteger> source;
  private transient Map<String, BigInteger> target;

  /** Lines whose checkpoint is not complete yet, and what the target had at theirs. */
  private transient NavigableMap<Long, Snapshot> pending;

  /** What the target had at checkpoints that are complete, by the time when this was known. */
  private transient NavigableMap<Long, Snapshot> complete;

  private transient @Nullable ListState<TrackedPosition> state;

  TrackPositions(PositionStore.Factory factory) {
    this.factory = factory;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("positions", TypeInformation.of(TrackedPosition.class)));
  }

  @Override
  public void open(OpenContext context) throws Exception {
    source = new HashMap<>();
    target = new HashMap<>();
    pending = new TreeMap<>();
    complete = new TreeMap<>();
    store = factory.open();
    metrics = new ReplicationMetrics(getRuntimeContext().getMetricGroup());
    for (TrackedPosition position : Objects.requireNonNull(state).get()) {
      raise(position.target ? target : source, position.shard, position.sequenceNumber);
    }
    if (!target.isEmpty()) {
      // The checkpoint that this was restored from is complete, or it would not be here.
      long now = now();
      complete.put(now, new Snapshot(now, texts(source), texts(target), Map.of(), 0));
    }
  }

  @Override
  public void processElement(Replicated record, Context context, Collector<Replicated> out) {
    raise(source, record.sourceShard, record.sourceSequenceNumber);
    raise(target, record.targetShard, record.targetSequenceNumber);
    metrics.replicated(record);
    out.collect(record);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    ListState<TrackedPosition> positions = Objects.requireNonNull(state);
    positions.clear();
    for (Map.Entry<String, BigInteger> each : source.entrySet()) {
      positions.add(new TrackedPosition(false, each.getKey(), each.getValue().toString()));
    }
    for (Map.Entry<String, BigInteger> each : target.entrySet()) {
      positions.add(new TrackedPosition(true, each.getKey(), each.getValue().toString()));
    }
    // Only what was complete before this checkpoint was triggered lies before all that comes now.
    long triggered = context.getCheckpointTimestamp();
    Map.Entry<Long, Snapshot> before = complete.floorEntry(triggered - SKEW_MILLIS);
    Snapshot earlier = before == null ? null : before.getValue();
    pending.put(
        context.getCheckpointId(),
        new Snapshot(
            now(),
            texts(source),
            texts(target),
            earlier == null ? Map.of() : earlier.target,
            earlier == null ? 0 : earlier.time));
    if (before != null) {
      complete.headMap(before.getKey(), false).clear();
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    Snapshot done = pending.get(checkpoint);
    pending.headMap(checkpoint, true).clear();
    if (done == null) {
      return;
    }
    complete.put(now(), done);
    if (!done.source.isEmpty()) {
      keep(
          new PositionCut(
              checkpoint, done.time, done.earlierTime, done.source, done.earlierTarget));
    }
  }

  /** A line that cannot be kept is missed by nobody: the one before it is as true. */
  private void keep(PositionCut cut) throws IOException {
    try {
      store.append(cut);
      failures = 0;
      metrics.drawn(now());
    } catch (IOException e) {
      failures++;
      metrics.notKept();
      if (failures >= FAILURES_IN_A_ROW) {
        throw new IOException("Positions cannot be kept, " + failures + " times in a row", e);
      }
      LOG.warn("A position cannot be kept; the next checkpoint tries again", e);
    }
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) {
    pending.remove(checkpoint);
  }

  @Override
  public void close() throws Exception {
    if (store != null) {
      store.close();
    }
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  private static void raise(Map<String, BigInteger> positions, String shard, String sequence) {
    positions.merge(shard, new BigInteger(sequence), BigInteger::max);
  }

  private static Map<String, String> texts(Map<String, BigInteger> positions) {
    Map<String, String> texts = new HashMap<>();
    positions.forEach((shard, sequence) -> texts.put(shard, sequence.toString()));
    return texts;
  }

  /** What was known at a barrier. */
  private static final class Snapshot {
    private final long time;
    private final Map<String, String> source;
    private final Map<String, String> target;
    private final Map<String, String> earlierTarget;
    private final long earlierTime;

    private Snapshot(
        long time,
        Map<String, String> source,
        Map<String, String> target,
        Map<String, String> earlierTarget,
        long earlierTime) {
      this.time = time;
      this.source = source;
      this.target = target;
      this.earlierTarget = earlierTarget;
      this.earlierTime = earlierTime;
    }
  }
}
