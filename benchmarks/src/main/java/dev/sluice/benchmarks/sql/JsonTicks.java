package dev.sluice.benchmarks.sql;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.generated.RecordGenerator;
import dev.sluice.common.source.generated.ticks.TickGenerator;
import java.util.concurrent.atomic.LongAdder;

/**
 * The trades of a generated day and of those after it as JSON. Counts what it has made, in steps.
 */
final class JsonTicks implements RecordGenerator {
  private static final long serialVersionUID = 1L;
  private static final int STEP = 500;
  private static final LongAdder MADE = new LongAdder();

  private final TickGenerator days;
  private int sinceCount;

  JsonTicks(TickGenerator days) {
    this.days = days;
  }

  /** Ticks made in this process, less a step per subtask. */
  static long made() {
    return MADE.sum();
  }

  /** So many are counted at least when all of them are made. */
  static long surelyMade(long ticks) {
    return ticks - (long) SqlProcess.PARALLELISM * STEP;
  }

  @Override
  public RawRecord generate(long index) {
    if (++sinceCount == STEP) {
      MADE.add(STEP);
      sinceCount = 0;
    }
    return days.generate(index);
  }
}
