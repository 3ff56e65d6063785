package dev.sluice.partitioning.sink;

import dev.sluice.partitioning.format.ObjectFormat;
import java.time.Duration;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** Builds a {@link PartitionedSink}; everything but the formats has a default. Not thread-safe. */
public final class PartitionedSinkBuilder {
  private static final long LEAST_MEMORY = 256 * 1024;

  final Path root;
  final ObjectNaming naming;
  @Nullable ObjectFormat data;
  @Nullable ObjectFormat deadLetters;
  BufferRules dataRules = BufferRules.ofBytes(128L << 20).age(Duration.ofMinutes(5));
  BufferRules deadLetterRules = BufferRules.ofBytes(5L << 20).age(Duration.ofMinutes(5));
  PartitionLimit limit = PartitionLimit.none();
  long memoryBytes = 256L << 20;
  int uploadThreads = 16;
  int commitThreads = 16;
  int attempts = 5;
  Duration firstPause = Duration.ofMillis(500);

  PartitionedSinkBuilder(Path root, ObjectNaming naming) {
    this.root = root;
    this.naming = naming;
  }

  /** The format of the rows of records. */
  public PartitionedSinkBuilder data(ObjectFormat format) {
    this.data = format;
    return this;
  }

  /** The format of the rows of dead letters. */
  public PartitionedSinkBuilder deadLetters(ObjectFormat format) {
    this.deadLetters = format;
    return this;
  }

  /** When objects of records are complete; at 128 MiB or after 5 minutes if it is not said. */
  public PartitionedSinkBuilder buffers(BufferRules rules) {
    this.dataRules = rules;
    return this;
  }

  /** When objects of dead letters are complete; at 5 MiB or after 5 minutes if it is not said. */
  public PartitionedSinkBuilder deadLetterBuffers(BufferRules rules) {
    this.deadLetterRules = rules;
    return this;
  }

  /**
   * Memory for the rows of each subtask, in buffers or being uploaded: 256 MiB if it is not said.
   * Encoders, and what Flink holds of the state, come on top.
   *
   * <p>A row that is longer than this is held beside it, one at a time, and becomes an object
   * alone.
   *
   * @param bytes at least 256 KiB
   */
  public PartitionedSinkBuilder memory(long bytes) {
    if (bytes < LEAST_MEMORY) {
      throw new IllegalArgumentException(
          "Memory for buffers must be at least "
              + LEAST_MEMORY
              + " bytes, but was '"
              + bytes
              + "'");
    }
    this.memoryBytes = bytes;
    return this;
  }

  /**
   * A limit to the partitions of records that are active, that is, have an open object.
   *
   * @param most in the whole job; each subtask has an equal share of it, and at least 1
   * @param errorPartition the partition of the dead letters that {@link
   *     OverflowPolicy#ERROR_PREFIX} makes; the other policies do not use it
   */
  public PartitionedSinkBuilder limit(int most, OverflowPolicy policy, String errorPartition) {
    this.limit = PartitionLimit.of(most, policy, errorPartition);
    return this;
  }

  /** Uploads at a time in each subtask; 16 if it is not said. */
  public PartitionedSinkBuilder uploadThreads(int threads) {
    this.uploadThreads = positive("Upload threads", threads);
    return this;
  }

  /** Commits at a time in each subtask; 16 if it is not said. */
  public PartitionedSinkBuilder commitThreads(int threads) {
    this.commitThreads = positive("Commit threads", threads);
    return this;
  }

  /**
   * How often an upload or commit is tried before the job fails and restarts, above what the file
   * system itself tries; 5 times with a first pause of up to 0.5 s if it is not said. Pauses
   * double.
   */
  public PartitionedSinkBuilder attempts(int most, Duration pause) {
    this.attempts = positive("Attempts", most);
    this.firstPause = pause;
    return this;
  }

  /**
   * The sink.
   *
   * @throws IllegalStateException if a format is missing
   */
  public PartitionedSink build() {
    return new PartitionedSink(
        new SinkSettings(this, given("data", data), given("deadLetters", deadLetters)));
  }

  private static ObjectFormat given(String name, @Nullable ObjectFormat format) {
    if (format == null) {
      throw new IllegalStateException("PartitionedSink needs '" + name + "(format)'");
    }
    return format;
  }

  private static int positive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, but were '" + value + "'");
    }
    return value;
  }
}
