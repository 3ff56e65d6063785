package dev.sluice.partitioning;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What becomes of records: {@code rows}, {@code droppedRecords}, {@code deadLetters} by code. */
final class PartitioningMetrics {
  final Counter rows;
  final Counter dropped;
  private final Counter deadLetters;
  private final MetricGroup group;
  private final Map<String, Counter> byCode = new HashMap<>();

  PartitioningMetrics(MetricGroup group) {
    this.group = group;
    rows = group.counter("rows");
    dropped = group.counter("droppedRecords");
    deadLetters = group.counter("deadLetters");
  }

  /** Codes are few: they are written in the code that rejects. */
  void rejected(String code) {
    deadLetters.inc();
    byCode.computeIfAbsent(code, c -> group.addGroup("code", c).counter("deadLettersByCode")).inc();
  }
}
