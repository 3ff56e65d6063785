package dev.sluice.images.report;

import java.time.Duration;
import java.time.Instant;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which results a report is about, and what only the caller knows of the run. Immutable.
 *
 * <p>Every {@code with}-like method returns a changed copy, so that a caller names what it knows:
 *
 * <pre>{@code
 * Run.writtenTo(output).since(start).lasting(wall).withOptions(text)
 * }</pre>
 */
public final class Run {
  final Path classifications;
  final Path deadLetters;
  final @Nullable Instant start;
  final @Nullable Duration wall;
  final String options;

  private Run(
      Path classifications,
      Path deadLetters,
      @Nullable Instant start,
      @Nullable Duration wall,
      String options) {
    this.classifications = classifications;
    this.deadLetters = deadLetters;
    this.start = start;
    this.wall = wall;
    this.options = options;
  }

  /** Results in {@code <output>/classifications} and {@code <output>/dead-letters}. */
  public static Run writtenTo(Path output) {
    return writtenTo(new Path(output, "classifications"), new Path(output, "dead-letters"));
  }

  /** Results in these folders, each with date folders; a folder that is not there is empty. */
  public static Run writtenTo(Path classifications, Path deadLetters) {
    return new Run(classifications, deadLetters, null, null, "");
  }

  /**
   * Only records made at or after this time: a folder may hold earlier runs. Compared with the
   * clocks of the machines that made the records.
   */
  public Run since(Instant newStart) {
    return new Run(classifications, deadLetters, newStart, wall, options);
  }

  /** From start to end by the clock on the wall; without it no images per second are stated. */
  public Run lasting(Duration newWall) {
    return new Run(classifications, deadLetters, start, newWall, options);
  }

  /** What the run was started with, one option per line, for people; shown as it is. */
  public Run withOptions(String newOptions) {
    return new Run(classifications, deadLetters, start, wall, newOptions);
  }
}
