package dev.sluice.replication.drill;

import dev.sluice.replication.drill.report.DrillLog;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells on the terminal what the drill does, and notes phases for the page. */
final class DrillTeller {
  private final DrillLog log;
  private final PrintStream out;
  private final long start = System.nanoTime();

  DrillTeller(DrillLog log, PrintStream out) {
    this.log = log;
    this.out = out;
  }

  /** A phase begins. */
  void phase(String name) {
    log.phase(name);
    tell(name);
  }

  /** It is done, and this was seen. */
  void checked(String how) {
    log.checked(how);
    tell("  ok: " + how);
  }

  void tell(String line) {
    Duration since = Duration.ofNanos(System.nanoTime() - start);
    out.println(String.format(Locale.ROOT, "%8s  %s", seconds(since), line));
  }

  /** {@code 5.4 s}. */
  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1_000.0);
  }
}
