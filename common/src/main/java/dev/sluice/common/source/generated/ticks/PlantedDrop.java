package dev.sluice.common.source.generated.ticks;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * A fall of a price that a {@link TickGenerator} makes: even for {@link #FALL}, low for {@link
 * #LOW}, and up again for {@link #RISE}. Immutable.
 */
public final class PlantedDrop implements Serializable {
  private static final long serialVersionUID = 1L;

  static final Duration FALL = Duration.ofMinutes(2);
  static final Duration LOW = Duration.ofMinutes(8);
  static final Duration RISE = Duration.ofMinutes(5);

  private final String ticker;
  private final Instant start;
  private final double depth;

  PlantedDrop(String ticker, Instant start, double depth) {
    this.ticker = ticker;
    this.start = start;
    this.depth = depth;
  }

  /** The stock that falls. */
  public String ticker() {
    return ticker;
  }

  /** The last moment of the old price. */
  public Instant start() {
    return start;
  }

  /** The first moment at which the price is low by all of {@link #depth}. */
  public Instant bottom() {
    return start.plus(FALL);
  }

  /** When the price begins to rise again. */
  public Instant riseStart() {
    return bottom().plus(LOW);
  }

  /** The first moment of the old price again. */
  public Instant end() {
    return riseStart().plus(RISE);
  }

  /** By how much the price falls, in dollars; the price moves a little besides. */
  public double depth() {
    return depth;
  }

  /** How much of the price is missing at a time, in dollars: from 0 to {@link #depth}. */
  double missingAt(long time) {
    long since = time - start.toEpochMilli();
    if (since <= 0 || time >= end().toEpochMilli()) {
      return 0;
    }
    if (time <= riseStart().toEpochMilli()) {
      return depth * Math.min(1.0, (double) since / FALL.toMillis());
    }
    return depth * (end().toEpochMilli() - time) / RISE.toMillis();
  }

  @Override
  public String toString() {
    return String.format("PlantedDrop{ticker='%s', start=%s, depth=%s}", ticker, start, depth);
  }
}
