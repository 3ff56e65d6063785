package dev.sluice.analytics;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.generated.ticks.TickGenerator;
import org.apache.flink.api.java.functions.KeySelector;

/** The stock of a generated trade: from its index, so that no JSON is read. */
final class TickerOf implements KeySelector<RawRecord, String> {
  private static final long serialVersionUID = 1L;

  private final TickGenerator day;

  TickerOf(TickGenerator day) {
    this.day = day;
  }

  @Override
  public String getKey(RawRecord tick) {
    return day.tick(index(tick)).ticker;
  }

  /** Which one of the day it is: the end of its source. */
  static long index(RawRecord tick) {
    return Long.parseLong(tick.source.substring(tick.source.lastIndexOf('/') + 1));
  }
}
