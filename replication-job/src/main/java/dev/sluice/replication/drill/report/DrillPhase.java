package dev.sluice.replication.drill.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step of the drill. Immutable. */
public final class DrillPhase {
  final String name;
  final Instant begin;
  final Optional<Instant> end;
  final String checked;

  /**
   * A phase.
   *
   * @param name what is done, such as {@code fail over}
   * @param end null if the drill was interrupted in it
   * @param checked how it was made sure that it is done, and what was found
   */
  public DrillPhase(String name, Instant begin, @Nullable Instant end, String checked) {
    this.name = name;
    this.begin = begin;
    this.end = Optional.ofNullable(end);
    this.checked = checked;
  }

  Optional<Duration> took() {
    return end.map(until -> Duration.between(begin, until));
  }
}
