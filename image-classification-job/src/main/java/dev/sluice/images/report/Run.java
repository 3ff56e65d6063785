package dev.sluice.images.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
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

  /** Of the model; empty if the caller does not know them. */
  final Set<String> classes;

  private Run(
      Path classifications,
      Path deadLetters,
      @Nullable Instant start,
      @Nullable Duration wall,
      String options,
      Set<String> classes) {
    this.classifications = classifications;
    this.deadLetters = deadLetters;
    this.start = start;
    this.wall = wall;
    this.options = options;
    this.classes = Set.copyOf(classes);
  }

  /** Results in {@code <output>/classifications} and {@code <output>/dead-letters}. */
  public static Run writtenTo(Path output) {
    return writtenTo(new Path(output, "classifications"), new Path(output, "dead-letters"));
  }

  /** Results in these folders, each with date folders; a folder that is not there is empty. */
  public static Run writtenTo(Path classifications, Path deadLetters) {
    return new Run(classifications, deadLetters, null, null, "", Set.of());
  }

  /**
   * Only records made at or after this time: a folder may hold earlier runs. Compared with the
   * clocks of the machines that made the records.
   */
  public Run since(Instant newStart) {
    return new Run(classifications, deadLetters, newStart, wall, options, classes);
  }

  /** From start to end by the clock on the wall; without it no images per second are stated. */
  public Run lasting(Duration newWall) {
    return new Run(classifications, deadLetters, start, newWall, options, classes);
  }

  /** What the run was started with, one option per line, for people; shown as it is. */
  public Run withOptions(String newOptions) {
    return new Run(classifications, deadLetters, start, wall, newOptions, classes);
  }

  /**
   * All classes that the model knows: folders of their names are labels. Without them those are
   * known that were among the answers of some result.
   */
  public Run withClasses(Collection<String> newClasses) {
    Set<String> all = new HashSet<>(newClasses);
    return new Run(classifications, deadLetters, start, wall, options, all);
  }
}
