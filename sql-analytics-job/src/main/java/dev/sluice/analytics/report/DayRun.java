package dev.sluice.analytics.report;

import java.time.Duration;
import java.time.Instant;
import org.apache.flink.core.fs.Path;

/** Whose tables a report is about, and what only the caller knows of the run. Immutable. */
public final class DayRun {
  final Path folder;
  final Instant start;
  final Duration wall;
  final boolean stopped;
  final String options;

  /**
   * A run.
   *
   * @param folder with a folder of JSON lines per table
   * @param wall from start to end by the clock on the wall
   * @param stopped whether it was ended before its input
   * @param options what the run was started with, for people
   */
  public DayRun(Path folder, Instant start, Duration wall, boolean stopped, String options) {
    this.folder = folder;
    this.start = start;
    this.wall = wall;
    this.stopped = stopped;
    this.options = options;
  }
}
