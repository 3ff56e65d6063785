package dev.sluice.sql;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.util.TimeUtils;

/** What a variable may hold, and how it is written in SQL: always as one value, never as code. */
public enum VariableType {
  /** Any text; written as {@code 'text'}. */
  STRING("a string"),
  /** Written as it is; below zero in brackets, because {@code --} begins a comment. */
  NUMBER("a number such as '500' or '0.5'"),
  BOOLEAN("'true' or 'false'"),
  /** {@code 10 min} or {@code PT10M}; written as an {@code INTERVAL}. */
  INTERVAL("a time with its unit, such as '10 min'"),
  /** The name of a table, a column, a function; written as {@code `name`}. */
  IDENTIFIER("a name that is not empty"),
  /** {@code env:NAME} or a URI of a file that holds it; allowed as the value of an option only. */
  SECRET("a reference, 'env:NAME' or the URI of a file");

  private final String words;

  VariableType(String words) {
    this.words = words;
  }

  static Optional<VariableType> named(String word) {
    return Arrays.stream(values())
        .filter(type -> type.name().equals(word.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  static String names() {
    return Arrays.stream(values())
        .map(type -> type.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** What a value must be: {@code must be a number …}; empty if it is. */
  Optional<String> refuses(String value) {
    return fits(value) ? Optional.empty() : Optional.of("must be " + words);
  }

  private boolean fits(String value) {
    switch (this) {
      case NUMBER:
        return value.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
      case BOOLEAN:
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
      case INTERVAL:
        return duration(value).isPresent();
      case IDENTIFIER:
        return !value.isEmpty();
      case SECRET:
        return value.matches("(?s)[a-z0-9]+:.+");
      default:
        return true;
    }
  }

  /** A value that fits, as SQL outside of quotes. */
  String literal(String value) {
    switch (this) {
      case NUMBER:
        String number = value.startsWith("+") ? value.substring(1) : value;
        return number.startsWith("-") ? "(" + number + ")" : number;
      case BOOLEAN:
        return value.toUpperCase(Locale.ROOT);
      case INTERVAL:
        return interval(duration(value).orElseThrow(IllegalStateException::new));
      case IDENTIFIER:
        return "`" + value.replace("`", "``") + "`";
      default:
        return "'" + value.replace("'", "''") + "'";
    }
  }

  private static String interval(Duration time) {
    return String.format(
        Locale.ROOT,
        "INTERVAL '%d %02d:%02d:%02d.%03d' DAY(3) TO SECOND(3)",
        time.toDays(),
        time.toHoursPart(),
        time.toMinutesPart(),
        time.toSecondsPart(),
        time.toMillisPart());
  }

  /** Below 1000 days, which is what Flink takes, in milliseconds; a bare number has no unit. */
  private static Optional<Duration> duration(String value) {
    String text = value.strip();
    if (text.matches("[0-9]+")) {
      return Optional.empty();
    }
    try {
      Duration time =
          text.toUpperCase(Locale.ROOT).startsWith("P")
              ? Duration.parse(text)
              : TimeUtils.parseDuration(text);
      boolean fits = !time.isNegative() && time.toNanos() % 1_000_000 == 0 && time.toDays() < 1_000;
      return fits ? Optional.of(time) : Optional.empty();
    } catch (DateTimeParseException | IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
