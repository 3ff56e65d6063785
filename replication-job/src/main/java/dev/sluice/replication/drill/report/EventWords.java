package dev.sluice.replication.drill.report;

import dev.sluice.common.report.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How events and their times are written. Stateless. */
final class EventWords {
  private EventWords() {}

  /** One or two words. */
  static String label(DrillEvent event) {
    switch (event.kind) {
      case COPY_STARTED:
        return copy(event) + " starts";
      case COPY_STOPPED:
        return copy(event) + " ends";
      case FENCED:
        return "fence up";
      case FAILED_BACK:
        return "failed back";
      default:
        return event.kind.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Named by where it leads, as in the README. */
  private static String copy(DrillEvent event) {
    return event.side == Side.AWAY ? "copy out" : "copy back";
  }

  static String hover(DrillRun run, DrillEvent event) {
    return label(event)
        + ", "
        + run.name(event.side)
        + "\n"
        + since(run, event.time)
        + ", "
        + Figures.time(event.time)
        + (event.text.isEmpty() ? "" : "\n" + event.text);
  }

  /** {@code 1:12.4} since the start. */
  static String since(DrillRun run, Instant time) {
    long tenths = Math.max(0, Duration.between(run.start, time).toMillis() / 100);
    return String.format(Locale.ROOT, "%d:%02d.%d", tenths / 600, tenths % 600 / 10, tenths % 10);
  }
}
