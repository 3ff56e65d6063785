package dev.sluice.benchmarks.sql;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.generated.RecordGenerator;
import dev.sluice.common.source.generated.ticks.Tick;

/**
 * Trades in the order of time, each at a time of its own, with a fixed number in the ten minutes of
 * a drop, and few drops. Records hold no data, only their index as arrival time: see {@link #tick}.
 */
final class DropTicks implements RecordGenerator {
  private static final long serialVersionUID = 1L;

  static final int KEYS = 20;
  static final long WITHIN = 600_000;
  static final double DROP = 500;

  private static final long START = 1_767_600_000_000L;
  private static final double DEPTH = 600;
  private static final int WINDOWS_PER_DROP = 20;
  private static final byte[] NOTHING = {};

  private final PriceShape shape;
  private final int openRows;

  /**
   * @param openRows per key within the time of a drop; a divisor of 30,000
   */
  DropTicks(PriceShape shape, int openRows) {
    if (WITHIN % ((long) openRows * KEYS) != 0) {
      throw new IllegalArgumentException("Rows cannot lie at even distances: " + openRows);
    }
    this.shape = shape;
    this.openRows = openRows;
  }

  @Override
  public RawRecord generate(long index) {
    return new RawRecord(NOTHING, index, "");
  }

  Tick tick(long index) {
    long time = index * millisPerRow();
    int key = (int) (index % KEYS);
    double price = shape.at(time, random(index)) - (isDrop(index) ? DEPTH : 0);
    return new Tick("", "K" + key, price, 1, START + time);
  }

  /** A row that ends a drop: rare, and at other times for each key. */
  private boolean isDrop(long index) {
    long period = (long) WINDOWS_PER_DROP * openRows;
    long row = index / KEYS;
    long shift = index % KEYS * period / KEYS;
    return (row + shift) % period == period - 1 && row > 0;
  }

  /** Drops among the first rows. */
  long drops(long rows) {
    long drops = 0;
    for (long index = 0; index < rows; index++) {
      drops += isDrop(index) ? 1 : 0;
    }
    return drops;
  }

  /** How many of the first rows a watermark is not behind. */
  long upTo(long watermark, long rows) {
    return watermark < START ? 0 : Math.min(rows, (watermark - START) / millisPerRow() + 1);
  }

  private long millisPerRow() {
    return WITHIN / ((long) openRows * KEYS);
  }

  private static double random(long index) {
    long z = index * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (z >>> 11) * 0x1.0p-53;
  }
}
