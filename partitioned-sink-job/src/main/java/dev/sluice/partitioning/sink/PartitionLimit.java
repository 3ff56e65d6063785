package dev.sluice.partitioning.sink;

import java.io.Serializable;

/**
 * How many partitions may be active, that is, have a buffer, at a time in the whole job. Immutable.
 */
final class PartitionLimit implements Serializable {
  private static final long serialVersionUID = 1L;

  final int most;
  final OverflowPolicy policy;
  final String errorPartition;

  private PartitionLimit(int most, OverflowPolicy policy, String errorPartition) {
    this.most = most;
    this.policy = policy;
    this.errorPartition = errorPartition;
  }

  static PartitionLimit none() {
    return new PartitionLimit(Integer.MAX_VALUE, OverflowPolicy.CLOSE_OLDEST, "");
  }

  static PartitionLimit of(int most, OverflowPolicy policy, String errorPartition) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "Active partitions must be at least 1, but were '" + most + "'");
    }
    return new PartitionLimit(most, policy, errorPartition);
  }

  /**
   * The part of the limit that each of so many subtasks keeps to; at least 1, so more subtasks than
   * partitions exceed the limit.
   */
  int share(int subtasks) {
    return most == Integer.MAX_VALUE ? most : Math.max(1, most / subtasks);
  }
}
