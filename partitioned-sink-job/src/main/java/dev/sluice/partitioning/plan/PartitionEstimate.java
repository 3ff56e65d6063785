package dev.sluice.partitioning.plan;

/** What becomes of a partition in the steady state, or of several alike. Immutable. */
final class PartitionEstimate {
  private static final double HOUR = 3600;

  /** Prefix; for what was not seen, words. */
  final String name;

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

  private PartitionEstimate(
      Flow flow, double number, double recordsPerSecond, int lanes, CutRules rules) {
    this.name = flow.name;
    this.failed = flow.sample.failed;
    this.number = number;
    this.recordsPerSecond = recordsPerSecond;
    this.meanBytes = Math.max(1, flow.sample.meanBytes());
    this.lanes = lanes;
    this.recordsPerObject =
        rules.recordsPerObject(recordsPerSecond / lanes, meanBytes, flow.sample.variance());
  }

  /** Under rules that may end objects earlier than the settings say. */
  static PartitionEstimate of(Flow flow, PlanSettings settings, CutRules rules) {
    int lanes = settings.lanes(flow.recordsPerSecond * flow.sample.meanBytes());
    return new PartitionEstimate(flow, flow.number, flow.recordsPerSecond, lanes, rules);
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
    final String name;
    final PartitionSample sample;
    final double number;
    final double recordsPerSecond;

    /**
     * @param number of partitions that are alike
     * @param recordsPerSecond of each of them, above 0
     */
    Flow(String name, PartitionSample sample, double number, double recordsPerSecond) {
      this.name = name;
      this.sample = sample;
      this.number = number;
      this.recordsPerSecond = recordsPerSecond;
    }
  }
}
