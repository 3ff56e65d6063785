package dev.sluice.partitioning.plan;

import dev.sluice.partitioning.plan.PartitionEstimate.Flow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a configuration makes of a stream that goes on as its sample was. Pure figures; {@link
 * CutRules} and {@link UnseenPartitions} say how they are found, and under which assumptions.
 *
 * <p>Where the memory, or a limit on active partitions, ends the oldest objects before their time,
 * that is estimated as the interval that would have the same effect. Immutable.
 */
final class PlanEstimate {
  /** Of Amazon Data Firehose, unless it is raised on request. */
  static final int FIREHOSE_PARTITIONS = 500;

  static final double SMALL_OBJECT = 1 << 20;

  private static final double HOUR = 3600;
  private static final double HOURS_PER_MONTH = 30 * 24;

  final PlanSettings settings;
  final UnseenPartitions unseen;
  final Skew skew;

  /** Seen ones by records, most first; those of dead letters behind them; unseen ones last. */
  final List<PartitionEstimate> partitions;

  /** Compressed bytes by bytes of rows. */
  final double compression;

  /** The interval, or less if memory or the limit of active partitions end objects earlier. */
  final double effectiveSeconds;

  /** Whether the limit of active partitions ends objects before memory does. */
  final boolean limitedByPartitions;

  private final List<Flow> flows;
  private final Compression measured;
  private final double wholeObject;
  private final Sum all;

  private PlanEstimate(
      List<Flow> flows,
      UnseenPartitions unseen,
      Skew skew,
      PlanSettings settings,
      Compression compression) {
    this.flows = flows;
    this.measured = compression;
    this.settings = settings;
    this.unseen = unseen;
    this.skew = skew;
    this.compression = compression.ratio;
    this.wholeObject = compression.inParts ? settings.partBytes() : Double.POSITIVE_INFINITY;
    List<Flow> alike = Flow.alike(flows);
    double byMemory = longest(alike, partitions -> memory(partitions) / totalMemory());
    double byNumber =
        settings.endsOldest() && settings.maxActive() < Double.POSITIVE_INFINITY
            ? longest(alike, partitions -> active(partitions) / settings.maxActive())
            : Double.POSITIVE_INFINITY;
    this.effectiveSeconds = Math.min(byMemory, byNumber);
    this.limitedByPartitions = byNumber < byMemory;
    this.partitions = estimate(flows, effectiveSeconds);
    this.all = new Sum(partitions);
  }

  /**
   * @param samples by partition, each with a row at least
   * @param recordsPerSecond rows and dead letters of the whole stream
   */
  static PlanEstimate of(
      Map<String, PartitionSample> samples,
      double recordsPerSecond,
      PlanSettings settings,
      Compression compression) {
    List<Long> counts =
        samples.values().stream()
            .filter(sample -> !sample.failed)
            .map(PartitionSample::records)
            .collect(Collectors.toUnmodifiableList());
    UnseenPartitions unseen = UnseenPartitions.beyond(counts);
    List<Flow> flows = flows(samples, recordsPerSecond, unseen);
    return new PlanEstimate(flows, unseen, Skew.of(counts), settings, compression);
  }

  /** The same stream under other settings. */
  PlanEstimate under(PlanSettings others) {
    return new PlanEstimate(flows, unseen, skew, others, measured);
  }

  private static List<Flow> flows(
      Map<String, PartitionSample> samples, double recordsPerSecond, UnseenPartitions unseen) {
    double all = samples.values().stream().mapToLong(PartitionSample::records).sum();
    double good =
        samples.values().stream()
            .filter(sample -> !sample.failed)
            .mapToLong(PartitionSample::records)
            .sum();
    double goodRate = recordsPerSecond * good / all;
    List<Flow> flows = new ArrayList<>();
    PartitionSample single = new PartitionSample(false);
    for (Map.Entry<String, PartitionSample> entry : samples.entrySet()) {
      PartitionSample sample = entry.getValue();
      double rate =
          sample.failed
              ? recordsPerSecond * sample.records() / all
              : goodRate * unseen.shareOfSeen(sample.records());
      flows.add(Flow.seen(entry.getKey(), sample, rate));
      if (!sample.failed && sample.records() == 1) {
        single.add((int) Math.min(Integer.MAX_VALUE, sample.bytes()));
      }
    }
    flows.sort(
        Comparator.comparing((Flow flow) -> flow.sample.failed)
            .thenComparing(flow -> -flow.sample.records())
            .thenComparing(flow -> flow.name));
    if (unseen.share() > 0 && unseen.number() > 0) {
      double rate = goodRate * unseen.share() / unseen.number();
      flows.add(Flow.unseen(single, unseen.number(), rate));
    }
    return flows;
  }

  private List<PartitionEstimate> estimate(List<Flow> flows, double seconds) {
    CutRules rules = settings.rules().withSeconds(seconds);
    return flows.stream()
        .map(flow -> PartitionEstimate.of(flow, settings, rules))
        .collect(Collectors.toUnmodifiableList());
  }

  /** The longest interval, up to that of the settings, in which a use stays within 1. */
  private double longest(List<Flow> flows, ToDoubleFunction<List<PartitionEstimate>> use) {
    double most = PlanSettings.seconds(settings.interval());
    if (use.applyAsDouble(estimate(flows, most)) <= 1) {
      return most;
    }
    double least = most / 1e6;
    for (int step = 0; step < 24; step++) {
      double middle = Math.sqrt(least * most);
      if (use.applyAsDouble(estimate(flows, middle)) <= 1) {
        least = middle;
      } else {
        most = middle;
      }
    }
    return least;
  }

  private static double sum(
      List<PartitionEstimate> partitions, ToDoubleFunction<PartitionEstimate> value) {
    return partitions.stream().mapToDouble(one -> one.number * value.applyAsDouble(one)).sum();
  }

  private static double active(List<PartitionEstimate> partitions) {
    return sum(partitions, PartitionEstimate::active);
  }

  private double memory(List<PartitionEstimate> partitions) {
    return sum(partitions, one -> one.memory(one.meanContent(), wholeObject, settings));
  }

  double totalMemory() {
    return (double) settings.memoryBytes() * settings.parallelism();
  }

  /** Partitions with an unfinished object at a time, on average. */
  double active() {
    return active(partitions);
  }

  /** Bytes of rows that wait for the end of their objects, on average. */
  double memory() {
    return memory(partitions);
  }

  /** The same when all objects are about to end at once, as they do after a start. */
  double peakMemory() {
    return sum(partitions, one -> one.memory(one.rowBytesPerObject(), wholeObject, settings));
  }

  double bytesPerSecond() {
    return sum(partitions, PartitionEstimate::bytesPerSecond);
  }

  /** Rows of an object before compression, over all that are no dead letters; 0 without any. */
  double meanRowBytes() {
    List<PartitionEstimate> good =
        partitions.stream().filter(one -> !one.failed).collect(Collectors.toUnmodifiableList());
    double objects = sum(good, PartitionEstimate::objectsPerHour);
    return objects == 0 ? 0 : sum(good, PartitionEstimate::bytesPerSecond) * HOUR / objects;
  }

  /** The share of the objects, from 0 to 1, in partitions whose objects have less than 1 MiB. */
  double smallObjects() {
    return sum(partitions, one -> objectBytes(one) < SMALL_OBJECT ? one.objectsPerHour() : 0)
        / all.objectsPerHour;
  }

  /** Bytes of an object in the store. Dead letters are text, and are counted as they are. */
  private double objectBytes(PartitionEstimate partition) {
    return partition.rowBytesPerObject() * (partition.failed ? 1 : compression);
  }

  /** Of all partitions. */
  Sum all() {
    return all;
  }

  /** Of some of the partitions. */
  Sum sumOf(List<PartitionEstimate> some) {
    return new Sum(some);
  }

  /** Sums over partitions. */
  final class Sum {
    final double recordsPerSecond;
    final double objectsPerHour;

    /** 30 days. */
    final double objectsPerMonth;

    /** UploadPart requests in 30 days, where parts have the least size. */
    final double partsPerMonth;

    /** CreateMultipartUpload, UploadPart and CompleteMultipartUpload in 30 days. */
    final double requestsPerMonth;

    /** In the store; 0 without objects. */
    final double meanObjectBytes;

    private Sum(List<PartitionEstimate> some) {
      recordsPerSecond = sum(some, one -> one.recordsPerSecond);
      objectsPerHour = sum(some, PartitionEstimate::objectsPerHour);
      objectsPerMonth = HOURS_PER_MONTH * objectsPerHour;
      partsPerMonth = HOURS_PER_MONTH * sum(some, one -> one.objectsPerHour() * parts(one));
      requestsPerMonth = 2 * objectsPerMonth + partsPerMonth;
      double bytes = sum(some, one -> one.objectsPerHour() * objectBytes(one));
      meanObjectBytes = objectsPerHour == 0 ? 0 : bytes / objectsPerHour;
    }

    private double parts(PartitionEstimate one) {
      return Math.max(1, Math.ceil(objectBytes(one) / settings.partBytes()));
    }
  }

  /** How rows shrink, and whether an object can leave in parts before it is complete. */
  static final class Compression {
    static final Compression NONE = new Compression(1, true);

    final double ratio;
    final boolean inParts;

    Compression(double ratio, boolean inParts) {
      this.ratio = ratio;
      this.inParts = inParts;
    }
  }
}
