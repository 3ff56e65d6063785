package dev.sluice.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Flink says about a statement, and where in it. Flink's planner lives in a class loader of
 * its own, so the place is read from its messages, not from its exceptions.
 */
final class FlinkMessage {
  private static final Pattern PLACE =
      Pattern.compile(
          "(?s)(?:From line (\\d+), column (\\d+) to line \\d+, column \\d+|[Aa]t line (\\d+), column (\\d+))(?::\\s*)?");

  /** What follows these words is long, and of use to nobody or a list of options with values. */
  private static final Pattern TAIL =
      Pattern.compile(
          "(?s)\\.?\\s*(Was expecting( one of)?:|Table options are:|Available factory identifiers are:|The (matching )?statement is:).*");

  private static final Pattern HEAD =
      Pattern.compile("^((SQL (parse|validation) failed\\. *)+|Failed to execute sql: .*)");

  final int line;
  final int column;
  final String text;

  private FlinkMessage(int line, int column, String text) {
    this.line = line;
    this.column = column;
    this.text = text;
  }

  /** Without secrets: they are masked before anything is cut off or joined. */
  static FlinkMessage of(Throwable failure, Secrets secrets) {
    List<String> parts = new ArrayList<>();
    int line = 1;
    int column = 1;
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      String message =
          secrets.mask(
              cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage());
      Matcher place = PLACE.matcher(message);
      if (place.find()) {
        boolean range = place.group(1) != null;
        line = Integer.parseInt(place.group(range ? 1 : 3));
        column = Integer.parseInt(place.group(range ? 2 : 4));
        message = place.replaceFirst(" ");
      }
      addNew(shorten(message), parts);
    }
    return new FlinkMessage(line, column, String.join(": ", parts));
  }

  private static @Nullable Throwable next(Throwable cause) {
    return cause.getCause() == cause ? null : cause.getCause();
  }

  private static String shorten(String message) {
    String text = TAIL.matcher(message).replaceAll("");
    text = HEAD.matcher(text.strip()).replaceFirst("");
    return text.replaceAll("\\s+", " ").replaceAll("[ .:]+$", "").strip();
  }

  /** Causes often repeat what is around them. */
  private static void addNew(String text, List<String> parts) {
    if (!text.isEmpty() && parts.stream().noneMatch(part -> part.contains(text))) {
      parts.add(text);
    }
  }
}
