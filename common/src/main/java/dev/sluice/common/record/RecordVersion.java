package dev.sluice.common.record;

import java.util.Comparator;

/**
 * Which of two records of a key is the newer one, wherever and in whatever order they are read.
 *
 * <p>A producer gives it when it takes the record, and each copy has the same one: sent again,
 * replicated, or replayed. Epoch first: what was taken in a later epoch of the active-Region
 * register wins over all that was taken in an earlier one, so a producer that missed a failover
 * overwrites nothing. Then the sequence, in the order of the calls and greater than any that the
 * producer gave before, in earlier processes too. A sequence number of Kinesis would not do: the
 * copy in the other Region has another one, and the two cannot be compared. Last the name of the
 * producer, so that no two records are equal.
 *
 * <p>For records of one producer this is the order in which it was given them. Between producers of
 * one key in one epoch it is that of their clocks, in microseconds, as good as those are.
 *
 * <p>Immutable.
 */
public final class RecordVersion implements Comparable<RecordVersion> {
  private static final Comparator<RecordVersion> ORDER =
      Comparator.comparingLong(RecordVersion::epoch)
          .thenComparingLong(RecordVersion::sequence)
          .thenComparing(RecordVersion::producer);

  private final long epoch;
  private final long sequence;
  private final String producer;

  /** A version; epoch and sequence are not negative. */
  public RecordVersion(long epoch, long sequence, String producer) {
    if (epoch < 0 || sequence < 0) {
      throw new IllegalArgumentException(
          "Epoch and sequence must not be negative, but were " + epoch + " and " + sequence);
    }
    this.epoch = epoch;
    this.sequence = sequence;
    this.producer = producer;
  }

  public long epoch() {
    return epoch;
  }

  public long sequence() {
    return sequence;
  }

  public String producer() {
    return producer;
  }

  @Override
  public int compareTo(RecordVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordVersion && compareTo((RecordVersion) other) == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(epoch * 31 + sequence) * 31 + producer.hashCode();
  }

  @Override
  public String toString() {
    return epoch + "/" + sequence + "/" + producer;
  }
}
