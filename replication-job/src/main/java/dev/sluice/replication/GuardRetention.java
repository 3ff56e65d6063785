package dev.sluice.replication;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the job, without a restart, when the retention of the source may have overtaken a position:
 * Kinesis then goes on at the oldest record that is left and says nothing.
 *
 * <p>At a restore: the time since the checkpoint and the age of the last record, when that was read
 * before, are together more than the retention, less five minutes for clocks that differ. The age
 * of a record that came long ago says nothing of a shard that is idle since: where no late record
 * of any shard came for a quarter of an hour, what is read counts as no older than that. While it
 * runs: a shard that was read well inside of the retention gives a record from its very end. A
 * first start at the end of the retention is no gap, and a shard without records is none either.
 */
final class GuardRetention extends ProcessFunction<ReplicatedRecord, ReplicatedRecord>
    implements CheckpointedFunction {
  private static final Logger LOG = LoggerFactory.getLogger(GuardRetention.class);
  private static final long serialVersionUID = 1L;
  private static final double INSIDE = 0.9;
  private static final double END = 0.98;

  /** How far the clocks of this machine, of the one before and of Kinesis may differ. */
  private static final long SKEW_MILLIS = 5 * 60_000;

  /** A record that is older when it is read is late: there may be more behind it. */
  private static final long LATE_MILLIS = 5 * 60_000;

  /**
   * Without late records for so long, all shards are read to their ends. Longer than a reader that
   * is held back stays with the other shards, because then it gives late records of those.
   */
  private static final long QUIET_MILLIS = 15 * 60_000;

  private final long retentionMillis;
  private final boolean acceptGap;
  private final Time time;

  private transient Map<String, Reading> shards;

  /** Of all subtasks: a shard may be anybody's after a restore. */
  private transient Map<String, ReadPosition> restored;

  private transient @Nullable ListState<ReadPosition> state;
  private transient long gaps;
  private transient long lateAt;
  private transient long openedAt;

  /**
   * @param retention of the stream that is read
   * @param acceptGap whether a gap is a warning only
   */
  GuardRetention(Duration retention, boolean acceptGap, Time time) {
    this.retentionMillis = retention.toMillis();
    this.acceptGap = acceptGap;
    this.time = time;
  }

  /** A clock that travels with the operator. */
  @FunctionalInterface
  interface Time extends Serializable {
    /** Milliseconds since the epoch. */
    long now();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("reading", TypeInformation.of(ReadPosition.class)));
  }

  @Override
  public void open(OpenContext context) throws Exception {
    shards = new HashMap<>();
    restored = new HashMap<>();
    openedAt = time.now();
    lateAt = openedAt;
    getRuntimeContext().getMetricGroup().gauge("retentionGaps", (Gauge<Long>) () -> gaps);
    for (ReadPosition position : Objects.requireNonNull(state).get()) {
      restored.merge(position.shard, position, ReadPosition::orBetter);
    }
    for (ReadPosition position : restored.values()) {
      long age = time.now() - position.checkpointedAt + position.lagMillis;
      if (age > retentionMillis - Math.min(SKEW_MILLIS, retentionMillis / 20)) {
        gap("Position of shard '" + position.shard + "' is " + Duration.ofMillis(age) + " old");
      }
    }
  }

  @Override
  public void processElement(
      ReplicatedRecord record, Context context, Collector<ReplicatedRecord> out) throws Exception {
    long lag = Math.max(0, time.now() - record.arrivalTimestamp);
    Reading reading = shards.get(record.shard);
    if (reading == null) {
      ReadPosition before = restored.get(record.shard);
      reading = new Reading(before != null && before.inside);
      MetricGroup group =
          getRuntimeContext().getMetricGroup().addGroup("sourceShard", record.shard);
      reading.expose(group);
      shards.put(record.shard, reading);
    }
    reading.lagMillis = lag;
    lateAt = lag > LATE_MILLIS ? time.now() : lateAt;
    reading.inside |= lag < INSIDE * retentionMillis;
    if (reading.inside && lag > END * retentionMillis) {
      reading.inside = false;
      gap("A record of shard '" + record.shard + "' was read " + Duration.ofMillis(lag) + " old");
    }
    out.collect(record);
  }

  private void gap(String what) throws Exception {
    gaps++;
    String message =
        what
            + ", and the retention is "
            + Duration.ofMillis(retentionMillis)
            + ": records may be lost. Compare both streams with the audit, then go on with"
            + " '--replication.accept-gap=true'";
    if (!acceptGap) {
      throw new SuppressRestartsException(new PositionOvertakenException(message));
    }
    LOG.warn("Accepted: {}", message);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    ListState<ReadPosition> positions = Objects.requireNonNull(state);
    positions.clear();
    for (ReadPosition unread : restored.values()) {
      if (!shards.containsKey(unread.shard)) {
        // Without a record since, here: as old as it was, unless another subtask knows better.
        long lag = unread.lagMillis + Math.max(0, openedAt - unread.checkpointedAt);
        positions.add(position(unread.shard, lag, unread.inside, false));
      }
    }
    for (Map.Entry<String, Reading> each : shards.entrySet()) {
      Reading reading = each.getValue();
      positions.add(position(each.getKey(), reading.lagMillis, reading.inside, true));
    }
  }

  private ReadPosition position(String shard, long lagMillis, boolean inside, boolean read) {
    long now = time.now();
    long age = now - lateAt >= QUIET_MILLIS ? Math.min(lagMillis, QUIET_MILLIS) : lagMillis;
    return new ReadPosition(shard, age, inside, now, read);
  }

  private static final class Reading {
    private volatile long lagMillis;
    private boolean inside;

    private Reading(boolean inside) {
      this.inside = inside;
    }

    private void expose(MetricGroup group) {
      group.gauge("readLagMillis", (Gauge<Long>) () -> lagMillis);
    }
  }
}
