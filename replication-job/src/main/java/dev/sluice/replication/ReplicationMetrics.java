package dev.sluice.replication;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What is acknowledged, and how long that took; the README lists the names. */
final class ReplicationMetrics {
  private static final int SAMPLES = 1_000;

  private final MetricGroup group;
  private final Counter replicated;
  private final Counter positionsNotKept;
  private final Histogram heartbeatMillis;
  private final Map<String, Shard> shards = new HashMap<>();
  private volatile long lastHeartbeat;
  private volatile long lastPositions;

  ReplicationMetrics(MetricGroup group) {
    this.group = group;
    replicated = group.counter("recordsReplicated");
    positionsNotKept = group.counter("positionsNotKept");
    heartbeatMillis =
        group.histogram("heartbeatMillis", new DescriptiveStatisticsHistogram(SAMPLES));
    group.gauge("lastHeartbeatAt", (Gauge<Long>) () -> lastHeartbeat);
    group.gauge("lastPositionsAt", (Gauge<Long>) () -> lastPositions);
  }

  void replicated(Replicated record) {
    replicated.inc();
    long lag = Math.max(0, record.acknowledgedAt - record.arrivedAt);
    shards.computeIfAbsent(record.sourceShard, Shard::new).replicated(record, lag);
    if (record.beatAt > 0) {
      heartbeatMillis.update(Math.max(0, record.acknowledgedAt - record.beatAt));
      lastHeartbeat = record.beatAt;
    }
  }

  void drawn(long now) {
    lastPositions = now;
  }

  void notKept() {
    positionsNotKept.inc();
  }

  private final class Shard {
    private final Histogram lagMillis;
    private final Counter records;
    private volatile long lastArrival;

    private Shard(String shard) {
      MetricGroup own = group.addGroup("sourceShard", shard);
      lagMillis =
          own.histogram("replicationLagMillis", new DescriptiveStatisticsHistogram(SAMPLES));
      records = own.counter("recordsAcknowledged");
      own.gauge("lastArrivalAt", (Gauge<Long>) () -> lastArrival);
    }

    private void replicated(Replicated record, long lag) {
      lagMillis.update(lag);
      records.inc();
      lastArrival = Math.max(lastArrival, record.arrivedAt);
    }
  }
}
