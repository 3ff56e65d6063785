package dev.sluice.common.config;

import java.time.Duration;
import org.apache.flink.configuration.MemorySize;

/** Sign of the values that have one. */
final class Sign {
  private Sign() {}

  static int of(Object value) {
    if (value instanceof Duration) {
      Duration duration = (Duration) value;
      return duration.isNegative() ? -1 : duration.isZero() ? 0 : 1;
    }
    if (value instanceof MemorySize) {
      return Long.signum(((MemorySize) value).getBytes());
    }
    if (value instanceof Double) {
      return (int) Math.signum((Double) value);
    }
    if (value instanceof Number) {
      return Long.signum(((Number) value).longValue());
    }
    throw new IllegalArgumentException("A " + value.getClass().getSimpleName() + " has no sign");
  }
}
