package dev.sluice.partitioning.plan;

import dev.sluice.common.deadletter.DeadLetterJson;
import dev.sluice.partitioning.sink.PartitionedRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What the rows of a sample show. Memory grows with the partitions, by eight bytes a row, and by
 * some rows that are kept to be compressed. Not thread-safe.
 */
final class SampleSummary implements Partitioner.Rows {
  private static final long KEPT_BYTES = 16 << 20;

  private final Map<String, PartitionSample> partitions = new TreeMap<>();
  private final Map<String, Long> deadLetters = new TreeMap<>();
  private final List<PartitionedRecord> kept = new ArrayList<>();
  private final TimeSpan arrivals = new TimeSpan();
  private final TimeSpan events = new TimeSpan();
  private long keptBytes;
  private long rows;
  private long failed;
  private long bytes;

  @Override
  public void add(PartitionedRecord row, OptionalLong eventMillis) {
    rows++;
    bytes += row.row.length;
    partitions
        .computeIfAbsent(row.partition, name -> new PartitionSample(row.failed))
        .add(row.row.length);
    arrivals.add(row.arrivalTimestamp);
    eventMillis.ifPresent(events::add);
    if (row.failed) {
      failed++;
      deadLetters.merge(reason(row), 1L, Long::sum);
    } else if (keptBytes + row.row.length <= KEPT_BYTES) {
      keptBytes += row.row.length;
      kept.add(row);
    }
  }

  private static String reason(PartitionedRecord row) {
    try {
      return DeadLetterJson.read(row.row).errorCode;
    } catch (IOException e) {
      throw new UncheckedIOException("A failed row of the sample is no dead letter", e);
    }
  }

  Map<String, PartitionSample> partitions() {
    return partitions;
  }

  /** Rows and dead letters. */
  long rows() {
    return rows;
  }

  /** Dead letters alone. */
  long failed() {
    return failed;
  }

  /** Of rows and dead letters, before compression. */
  long bytes() {
    return bytes;
  }

  /** Dead letters by their error codes, most first, then by name. */
  List<Map.Entry<String, Long>> deadLetters() {
    List<Map.Entry<String, Long>> reasons = new ArrayList<>(deadLetters.entrySet());
    reasons.sort(
        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    return reasons;
  }

  /** Rows for a trial, those of a partition together, in the order of their arrival. */
  List<byte[]> rowsByPartition() {
    List<PartitionedRecord> sorted = new ArrayList<>(kept);
    sorted.sort(Comparator.comparing(row -> row.partition));
    List<byte[]> all = new ArrayList<>(sorted.size());
    sorted.forEach(row -> all.add(row.row));
    return all;
  }

  /** Rows and dead letters per second by arrival; empty if all arrived together. */
  OptionalDouble perSecondByArrival() {
    return arrivals.perSecond();
  }

  /** By event time, where rows have one; dead letters without a time come at the same pace. */
  OptionalDouble perSecondByEvent() {
    OptionalDouble timed = events.perSecond();
    return timed.isPresent()
        ? OptionalDouble.of(timed.getAsDouble() * rows / events.size())
        : timed;
  }
}
