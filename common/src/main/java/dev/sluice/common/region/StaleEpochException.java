package dev.sluice.common.region;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change was not made, because the register is at another epoch than the one it was made for. */
public final class StaleEpochException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable ActiveRegion current;

  StaleEpochException(String stream, long expected, @Nullable ActiveRegion current) {
    super(
        "Register of '"
            + stream
            + "' must be at epoch "
            + expected
            + ", but was at "
            + (current == null ? "none" : current.toString()));
    this.current = current;
  }

  /** What the register held; empty if nothing. */
  public Optional<ActiveRegion> current() {
    return Optional.ofNullable(current);
  }
}
