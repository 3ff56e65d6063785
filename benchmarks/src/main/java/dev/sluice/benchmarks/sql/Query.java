package dev.sluice.benchmarks.sql;

import java.util.Map;

/** A statement of the library, as it is measured through the job and without it. */
enum Query {
  TUMBLING("tumbling count", "volume_per_window", "volume_per_window", 1_000_000, 1.0),

  ALARM("sliding alarm", "trade_alarm", "trade_alarms", 1_000_000, 1.0),

  /** A hundredth of the density of the others: what a row costs a pattern grows with it. */
  PATTERN("MATCH_RECOGNIZE", "drop_alert", "drop_alerts", 10_000, 0.02),

  TOP_N("Top-N", "top_n_per_window", "top_n_per_window", 1_000_000, 1.0),

  DEDUPLICATE("deduplication", "deduplicate", "unique_ticks", 1_000_000, 0.3);

  /** In tables. */
  final String title;

  final String script;

  /** The table that it writes. */
  final String sink;

  final long ticksPerDay;

  /** Of the ticks of a run. */
  final double share;

  Query(String title, String script, String sink, long ticksPerDay, double share) {
    this.title = title;
    this.script = "classpath:sql/" + script + ".sql";
    this.sink = sink;
    this.ticksPerDay = ticksPerDay;
    this.share = share;
  }

  /** All stocks are watched, and the one with the most trades raises alarms. */
  Map<String, String> variables() {
    return this == ALARM ? Map.of("alarm.ticker", "%", "alarm.trades", "750") : Map.of();
  }
}
