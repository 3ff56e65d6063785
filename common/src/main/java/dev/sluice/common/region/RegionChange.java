package dev.sluice.common.region;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What the next epoch is to say. Immutable: each method returns another change. */
public final class RegionChange {
  /** How long a producer may send without looking again, unless a change says otherwise. */
  public static final Duration LEASE = Duration.ofSeconds(10);

  final String stream;
  final String region;
  final RegionState state;
  final Duration lease;
  final String by;
  final Instant at;
  final String note;

  private RegionChange(
      String stream, String region, RegionState state, Duration lease, String[] by, Instant at) {
    if (stream.isEmpty() || region.isEmpty()) {
      throw new IllegalArgumentException("Stream and Region must not be empty");
    }
    if (lease.toMillis() <= 0) {
      throw new IllegalArgumentException("Lease must be positive, but was '" + lease + "'");
    }
    this.stream = stream;
    this.region = region;
    this.state = state;
    this.lease = lease;
    this.by = by[0];
    this.note = by[1];
    this.at = Objects.requireNonNull(at);
  }

  /**
   * A change without a note, with {@link #LEASE}.
   *
   * @param stream the key of the register: the name that the stream has in all Regions
   * @param by who changes it, for people
   * @param at when, for people; nothing is compared with it
   */
  public static RegionChange to(
      String stream, String region, RegionState state, String by, Instant at) {
    return new RegionChange(stream, region, state, LEASE, new String[] {by, ""}, at);
  }

  /**
   * How long a producer may send after it began to read this epoch. It takes the lease from the
   * record that it has read, so whoever changes the epoch waits for the lease of the epoch before.
   */
  public RegionChange lease(Duration time) {
    return new RegionChange(stream, region, state, time, new String[] {by, note}, at);
  }

  /** Free text: the reason, or where a failover keeps its step. */
  public RegionChange note(String text) {
    return new RegionChange(stream, region, state, lease, new String[] {by, text}, at);
  }

  ActiveRegion after(long epoch, String changeId) {
    return new ActiveRegion(this, epoch + 1, changeId);
  }
}
