package dev.sluice.common.producer;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.RegionState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the register said last, and how long that may be acted on. Not thread-safe. */
final class Lease {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private static final long IN_FRONT = -1;

  private @Nullable ActiveRegion known;

  /** The epoch that the register went back to; it is told once. */
  private long behind = IN_FRONT;

  private long heldUntil = Long.MIN_VALUE;

  /**
   * The register said this.
   *
   * @param since when the reading of it began
   * @return whether this is another epoch
   */
  boolean confirmed(ActiveRegion read, long since) {
    ActiveRegion before = known;
    if (before != null && read.epoch() < before.epoch()) {
      if (read.epoch() != behind) {
        LOG.warn(
            "Register went back from {} to {}: not trusted until it is there again", before, read);
      }
      behind = read.epoch();
      return false;
    }
    if (behind != IN_FRONT) {
      LOG.info("Register is no longer behind: {}", read);
    }
    behind = IN_FRONT;
    boolean other = before == null || read.epoch() > before.epoch();
    if (other) {
      LOG.info("Register is at {}", read);
      heldUntil = Long.MIN_VALUE;
    }
    known = read;
    heldUntil = Math.max(heldUntil, since + read.lease().toMillis());
    return other;
  }

  /** Where this producer may send, at a time; null if nowhere. */
  @Nullable ActiveRegion holdsAt(long now) {
    ActiveRegion region = known;
    boolean active = region != null && region.state() == RegionState.ACTIVE;
    return active && now < heldUntil ? region : null;
  }

  /** The greatest epoch that the register said; 0 before the first. */
  long epoch() {
    return known == null ? 0 : known.epoch();
  }

  long heldUntil() {
    return heldUntil;
  }
}
