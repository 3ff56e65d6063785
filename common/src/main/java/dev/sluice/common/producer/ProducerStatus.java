package dev.sluice.common.producer;

import dev.sluice.common.region.ActiveRegion;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a producer does, at one moment. Immutable. */
public final class ProducerStatus {
  private final @Nullable ActiveRegion sendingTo;
  private final Map<String, AttemptCounts> attempts;
  private final long spooledRecords;
  private final long spooledBytes;
  private final long waitingRecords;

  ProducerStatus(
      @Nullable ActiveRegion sendingTo,
      Map<String, AttemptCounts> attempts,
      long spooledRecords,
      long spooledBytes,
      long waitingRecords) {
    this.sendingTo = sendingTo;
    this.attempts = Map.copyOf(attempts);
    this.spooledRecords = spooledRecords;
    this.spooledBytes = spooledBytes;
    this.waitingRecords = waitingRecords;
  }

  /** Empty while it sends nowhere, for want of a lease or because a switch is under way. */
  public Optional<ActiveRegion> sendingTo() {
    return Optional.ofNullable(sendingTo);
  }

  /** By Region, of those that it has sent to. */
  public Map<String, AttemptCounts> attempts() {
    return attempts;
  }

  /** Records on disk that are in no stream as far as the producer knows. */
  public long spooledRecords() {
    return spooledRecords;
  }

  /** Bytes that the spool takes of its bound. */
  public long spooledBytes() {
    return spooledBytes;
  }

  /** Records in memory that are neither in a stream nor on disk. */
  public long waitingRecords() {
    return waitingRecords;
  }

  @Override
  public String toString() {
    return (sendingTo == null ? "sends nowhere" : "sends in " + sendingTo)
        + ", "
        + waitingRecords
        + " waiting, "
        + spooledRecords
        + " spooled, "
        + attempts;
  }
}
