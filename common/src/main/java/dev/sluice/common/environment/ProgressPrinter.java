package dev.sluice.common.environment;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Shows one line again and again: in place on a terminal, below each other and at a slower pace
 * elsewhere.
 */
final class ProgressPrinter {
  /** Set by the launcher: a JVM cannot tell whether its output alone is a terminal. */
  private static final String TERMINAL_PROPERTY = "sluice.terminal";

  private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
  private static final Duration ELSEWHERE = Duration.ofSeconds(5);
  private static final String TO_LINE_START_AND_CLEAR = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private String shown = "";

  private ProgressPrinter(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  static ProgressPrinter to(PrintStream out) {
    return Boolean.getBoolean(TERMINAL_PROPERTY) ? onTerminal(out) : elsewhere(out);
  }

  static ProgressPrinter onTerminal(PrintStream out) {
    return new ProgressPrinter(out, true);
  }

  static ProgressPrinter elsewhere(PrintStream out) {
    return new ProgressPrinter(out, false);
  }

  Duration interval() {
    return terminal ? ON_TERMINAL : ELSEWHERE;
  }

  void show(String line) {
    if (line.equals(shown)) {
      return;
    }
    shown = line;
    if (terminal) {
      out.print(TO_LINE_START_AND_CLEAR + line);
      out.flush();
    } else {
      out.println(line);
    }
  }

  /** A line of its own, above the one that is shown again and again. */
  void tell(String line) {
    if (!terminal) {
      out.println(line);
      return;
    }
    out.println(TO_LINE_START_AND_CLEAR + line);
    out.print(shown);
    out.flush();
  }

  /** The last line; what is printed next begins in a line of its own. */
  void end(String line) {
    show(line);
    if (terminal && !shown.isEmpty()) {
      out.println();
    }
  }
}
