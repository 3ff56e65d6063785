package dev.sluice.partitioning.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which objects a report is about, and what only the caller knows of the run. Not thread-safe.
 *
 * <pre>{@code
 * SinkRun.writtenTo(root, "sluice").since(start).lasting(wall).withOptions(text)
 * }</pre>
 */
public final class SinkRun {
  final Path root;
  final String streamName;
  @Nullable Instant start;
  @Nullable Duration wall;
  String options = "";
  List<String> errorPrefixes = List.of();
  boolean lines;
  Map<String, Long> cuts = Map.of();
  long rows = -1;

  private SinkRun(Path root, String streamName) {
    this.root = root;
    this.streamName = streamName;
  }

  /** Objects below a folder whose names begin, behind their prefix, with the stream's name. */
  public static SinkRun writtenTo(Path root, String streamName) {
    return new SinkRun(root, streamName);
  }

  /** Only objects that are not older, by their file system's clock and to the second. */
  public SinkRun since(Instant time) {
    start = time;
    return this;
  }

  /** From start to end by the clock on the wall; without it no records per second are stated. */
  public SinkRun lasting(Duration time) {
    wall = time;
    return this;
  }

  /** What the run was started with, one option per line, for people; shown as it is. */
  public SinkRun withOptions(String text) {
    options = text;
    return this;
  }

  /**
   * Prefixes of dead letters. What only an object knows may stand in them as it does in the grammar
   * of prefixes: {@code errors/!{timestamp:yyyy}/}.
   */
  public SinkRun withErrorPrefixes(Collection<String> prefixes) {
    errorPrefixes = List.copyOf(prefixes);
    return this;
  }

  /** Each record is a line of its object, so that records can be counted in the objects. */
  public SinkRun withLines(boolean areLines) {
    lines = areLines;
    return this;
  }

  /**
   * What the tasks have counted, each attempt for itself.
   *
   * @param written rows of records
   * @param objects by the reason for which they were closed, most important reason first
   */
  public SinkRun counted(long written, Map<String, Long> objects) {
    rows = written;
    cuts = objects;
    return this;
  }
}
