package dev.sluice.common.operator.drop;

import java.io.Serializable;
import java.time.Duration;

/** What counts as a drop; {@link DropAlerts} says precisely how. Immutable. */
public final class DropRule implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The least fall from the first price to the last. */
  public final double drop;

  /** A drop takes less than this, in milliseconds of event time. */
  public final long withinMillis;

  /** The least price that a drop starts from. */
  public final double leastStart;

  private DropRule(double drop, long withinMillis, double leastStart) {
    require(drop > 0 && drop < Double.POSITIVE_INFINITY, "Drop", drop, "be a positive number");
    require(withinMillis > 0, "Time of a drop", withinMillis, "be at least 1 millisecond");
    require(!Double.isNaN(leastStart), "Least price of a start", leastStart, "be a number");
    this.drop = drop;
    this.withinMillis = withinMillis;
    this.leastStart = leastStart;
  }

  /**
   * A fall by {@code drop} or more in less than {@code within}. It starts from a price of at least
   * {@code drop}, as any does where prices are not negative.
   */
  public static DropRule of(double drop, Duration within) {
    return new DropRule(drop, within.toMillis(), drop);
  }

  /** For prices that can be negative, or to leave out cheap starts. */
  public DropRule startingAt(double leastStart) {
    return new DropRule(drop, withinMillis, leastStart);
  }

  private static void require(boolean met, String what, Object value, String rule) {
    if (!met) {
      throw new IllegalArgumentException(what + " must " + rule + ", but was '" + value + "'");
    }
  }

  @Override
  public String toString() {
    return String.format(
        "DropRule{drop=%s, withinMillis=%d, leastStart=%s}", drop, withinMillis, leastStart);
  }
}
