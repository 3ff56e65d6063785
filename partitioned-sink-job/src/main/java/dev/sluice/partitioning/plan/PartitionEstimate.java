package dev.sluice.partitioning.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What becomes of a partition in the steady state, or of several alike. Immutable. */
final class PartitionEstimate {
  private static final double HOUR = 3600;

  /** Prefix; empty if it was not seen. */
  final String name;

  /** Whether the sample has records of it. */
  final boolean seen;

  /** Whether it takes dead letters. */
  final boolean failed;

  /** How many partitions this stands for; 1 for each that was seen. */
  final double number;

  /** Of each of them. */
  final double recordsPerSecond;

  /** Bytes of a row, before compression. */
  final double meanBytes;

  /** Records in an object, on average. */
  final double recordsPerObject;

  /** Subtasks that share it. */
  final int lanes;

  private PartitionEstimate(Flow flow, int lanes, CutRules rules) {
    this.name = flow.name;
    this.seen = flow.seen;
    this.failed = flow.sample.failed;
    this.number = flow.number;
    this.recordsPerSecond = flow.recordsPerSecond;
    this.meanBytes = Math.max(1, flow.sample.meanBytes());
    this.lanes = lanes;
    this.recordsPerObject =
        rules.recordsPerObject(recordsPerSecond / lanes, meanBytes, flow.sample.variance());
  }

  /** Under rules that may end objects earlier than the settings say. */
  static PartitionEstimate of(Flow flow, PlanSettings settings, CutRules rules) {
    int lanes = settings.lanes(flow.recordsPerSecond * flow.sample.meanBytes());
    return new PartitionEstimate(flow, lanes, rules);
  }

  double bytesPerSecond() {
    return recordsPerSecond * meanBytes;
  }

  double objectsPerHour() {
    return HOUR * recordsPerSecond / recordsPerObject;
  }

  /** Rows of an object, before compression. */
  double rowBytesPerObject() {
    return recordsPerObject * meanBytes;
  }

  /** The share of the time, from 0 to 1, that a subtask has an unfinished object of it. */
  double active() {
    return (recordsPerObject - 1) / recordsPerObject;
  }

  /**
   * Memory that it takes, averaged over time.
   *
   * @param content bytes in an object on average, or at its end, while there is one
   * @param settings with the least that anything takes, and, where an object can leave in parts,
   *     what it need not take more of
   */
  double memory(double content, double atMost, PlanSettings settings) {
    double held = Math.min(content, atMost) + settings.segmentBytes() / 2.0;
    return lanes * active() * Math.max(held, (double) settings.segmentBytes());
  }

  /** Bytes of the rows in an unfinished object, averaged over its life. */
  double meanContent() {
    return meanBytes * (recordsPerObject + 1) / 2;
  }

  /** How records come into a partition, before rules make objects of them. */
  static final class Flow {
    private static final int RARE = 100;

    final String name;
    final boolean seen;
    final PartitionSample sample;
    final double number;
    final double recordsPerSecond;

    private Flow(
        String name, boolean seen, PartitionSample sample, double number, double perSecond) {
      this.name = name;
      this.seen = seen;
      this.sample = sample;
      this.number = number;
      this.recordsPerSecond = perSecond;
    }

    /**
     * A partition of the sample.
     *
     * @param perSecond records, above 0
     */
    static Flow seen(String name, PartitionSample sample, double perSecond) {
      return new Flow(name, true, sample, 1, perSecond);
    }

    /**
     * Partitions that are not in the sample, all alike.
     *
     * @param like rows of partitions as rare as they are
     * @param perSecond records of each of them, above 0
     */
    static Flow unseen(PartitionSample like, double number, double perSecond) {
      return new Flow("", false, like, number, perSecond);
    }

    /**
     * The same stream in fewer flows: rare partitions with as many records in the sample become one
     * flow, with the mean of their rows. There may be a million of them, and few different ones.
     */
    static List<Flow> alike(List<Flow> flows) {
      List<Flow> fewer = new ArrayList<>();
      Map<Long, List<Flow>> rare = new TreeMap<>();
      for (Flow flow : flows) {
        if (flow.seen && !flow.sample.failed && flow.sample.records() <= RARE) {
          rare.computeIfAbsent(flow.sample.records(), records -> new ArrayList<>()).add(flow);
        } else {
          fewer.add(flow);
        }
      }
      for (List<Flow> group : rare.values()) {
        PartitionSample rows = new PartitionSample(false);
        group.forEach(flow -> rows.addAll(flow.sample));
        fewer.add(new Flow("", true, rows, group.size(), group.get(0).recordsPerSecond));
      }
      return fewer;
    }
  }
}
