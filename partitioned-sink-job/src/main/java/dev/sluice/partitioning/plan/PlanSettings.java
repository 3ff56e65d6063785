package dev.sluice.partitioning.plan;

import java.time.Duration;

/**
 * The parts of a configuration that decide on objects. Immutable: each method returns another.
 *
 * <p>Values are those of the job's options, which have checked them.
 */
public final class PlanSettings {
  /** The least that S3 takes as a part that is not the last one. */
  private static final long PART_BYTES = 5L << 20;

  private static final long SEGMENT_BYTES = 4 << 10;

  private long bufferBytes;
  private Duration interval;
  private double records = Double.POSITIVE_INFINITY;
  private double inactiveSeconds = Double.POSITIVE_INFINITY;
  private long memoryBytes = 128L << 20;
  private int parallelism = 1;
  private double laneBytes = Double.POSITIVE_INFINITY;
  private double maxActive = Double.POSITIVE_INFINITY;
  private boolean endsOldest = true;
  private long partBytes = PART_BYTES;
  private long segmentBytes = SEGMENT_BYTES;

  private PlanSettings(long bufferBytes, Duration interval) {
    this.bufferBytes = bufferBytes;
    this.interval = interval;
  }

  private PlanSettings(PlanSettings other) {
    this(other.bufferBytes, other.interval);
    records = other.records;
    inactiveSeconds = other.inactiveSeconds;
    memoryBytes = other.memoryBytes;
    parallelism = other.parallelism;
    laneBytes = other.laneBytes;
    maxActive = other.maxActive;
    endsOldest = other.endsOldest;
    partBytes = other.partBytes;
    segmentBytes = other.segmentBytes;
  }

  /**
   * Objects that end by size and age alone, written by one subtask with 128 MiB.
   *
   * @param bufferBytes of rows, before compression
   */
  public static PlanSettings of(long bufferBytes, Duration interval) {
    return new PlanSettings(bufferBytes, interval);
  }

  /** {@code buffer.size}. */
  public PlanSettings bufferSize(long bytes) {
    PlanSettings next = new PlanSettings(this);
    next.bufferBytes = bytes;
    return next;
  }

  /** {@code buffer.interval}. */
  public PlanSettings interval(Duration age) {
    PlanSettings next = new PlanSettings(this);
    next.interval = age;
    return next;
  }

  /** {@code buffer.records}. */
  public PlanSettings records(long number) {
    PlanSettings next = new PlanSettings(this);
    next.records = number;
    return next;
  }

  /** {@code buffer.inactivity}. */
  public PlanSettings inactivity(Duration time) {
    PlanSettings next = new PlanSettings(this);
    next.inactiveSeconds = seconds(time);
    return next;
  }

  /** {@code buffer.memory}, and the subtasks that have as much each. */
  public PlanSettings memory(long bytesPerSubtask, int subtasks) {
    PlanSettings next = new PlanSettings(this);
    next.memoryBytes = bytesPerSubtask;
    next.parallelism = subtasks;
    return next;
  }

  /** {@code partitions.lane-throughput}, in bytes per second. */
  public PlanSettings laneThroughput(long bytesPerSecond) {
    PlanSettings next = new PlanSettings(this);
    next.laneBytes = bytesPerSecond;
    return next;
  }

  /** {@code partitions.max-active} where one partition more ends the oldest object. */
  public PlanSettings endingOldestBeyond(int partitions) {
    PlanSettings next = new PlanSettings(this);
    next.maxActive = partitions;
    next.endsOldest = true;
    return next;
  }

  /** {@code partitions.max-active} where one partition more is refused, or waits. */
  public PlanSettings refusingBeyond(int partitions) {
    PlanSettings next = new PlanSettings(this);
    next.maxActive = partitions;
    next.endsOldest = false;
    return next;
  }

  /** Bytes in a part of an upload, and in a piece of the writer's memory. */
  public PlanSettings pieces(long bytesOfPart, long bytesOfSegment) {
    PlanSettings next = new PlanSettings(this);
    next.partBytes = bytesOfPart;
    next.segmentBytes = bytesOfSegment;
    return next;
  }

  CutRules rules() {
    return new CutRules(bufferBytes, records, seconds(interval), inactiveSeconds);
  }

  long bufferBytes() {
    return bufferBytes;
  }

  Duration interval() {
    return interval;
  }

  /** Of each subtask. */
  long memoryBytes() {
    return memoryBytes;
  }

  int parallelism() {
    return parallelism;
  }

  /** Infinite for no limit. */
  double maxActive() {
    return maxActive;
  }

  boolean endsOldest() {
    return endsOldest;
  }

  long partBytes() {
    return partBytes;
  }

  long segmentBytes() {
    return segmentBytes;
  }

  /** Subtasks that share a partition with this throughput. */
  int lanes(double bytesPerSecond) {
    return (int) Math.max(1, Math.min(parallelism, Math.ceil(bytesPerSecond / laneBytes)));
  }

  static double seconds(Duration time) {
    return time.getSeconds() + time.getNano() / 1e9;
  }
}
