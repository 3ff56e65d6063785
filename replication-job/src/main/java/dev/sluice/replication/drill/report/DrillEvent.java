package dev.sluice.replication.drill.report;

import java.time.Instant;

/** Something that happened in a Region at a time. Immutable. */
public final class DrillEvent {
  final Instant time;
  final EventKind kind;
  final Side side;
  final String text;

  /**
   * An event.
   *
   * @param side where, as its kind says
   * @param text a sentence for people, with what was seen
   */
  public DrillEvent(Instant time, EventKind kind, Side side, String text) {
    this.time = time;
    this.kind = kind;
    this.side = side;
    this.text = text;
  }
}
