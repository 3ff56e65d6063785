package dev.sluice.common.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/**
 * How the text of an option becomes a value and back; a refusal is an {@link
 * IllegalArgumentException}.
 */
final class OptionType<T> {
  /** Taken as it is: white space may be the point of it, in a separator for example. */
  static final OptionType<String> STRING = verbatim("string", "must be a string", text -> text);

  static final OptionType<Integer> INT =
      of("integer", "must be an integer from -2147483648 to 2147483647", Integer::valueOf);
  static final OptionType<Long> LONG =
      of("integer", "must be an integer of at most 64 bits", Long::valueOf);
  static final OptionType<Double> DOUBLE =
      of("number", "must be a finite number such as '0.5'", OptionType::finite);
  static final OptionType<Boolean> BOOLEAN =
      of("boolean", "must be 'true' or 'false'", OptionType::bool);
  static final OptionType<Duration> DURATION =
      new OptionType<>(
          "duration",
          "must be a duration with its unit, such as '10 s' or 'PT10S'",
          text -> duration(text.strip()),
          OptionType::text);
  static final OptionType<MemorySize> MEMORY =
      new OptionType<>(
          "memory size",
          "must be a size with its unit, such as '16 mb'",
          text -> memory(text.strip()),
          OptionType::text);
  static final OptionType<String> LOCATION =
      of(
          "path or URI",
          "must be a path or a URI such as 's3://bucket/folder'",
          OptionType::location);
  static final OptionType<List<String>> STRINGS =
      new OptionType<>(
          "list",
          "must be words with commas between them",
          OptionType::list,
          value -> String.join(",", value));

  /** Of a whole group: its parts are texts that somebody else checks. */
  static final OptionType<Map<String, String>> GROUP =
      new OptionType<>(
          "strings by name",
          "must be set name by name",
          text -> {
            throw new IllegalArgumentException("no single text");
          },
          value -> value.isEmpty() ? "" : value.toString());

  static final OptionType<Secret> SECRET =
      verbatim("secret", "must not be empty", OptionType::secret);

  private final String name;
  private final String rule;
  private final Function<String, T> parser;
  private final Function<T, String> printer;

  private OptionType(
      String name, String rule, Function<String, T> parser, Function<T, String> printer) {
    this.name = name;
    this.rule = rule;
    this.parser = parser;
    this.printer = printer;
  }

  static <E extends Enum<E>> OptionType<E> ofEnum(Class<E> values) {
    String names =
        Arrays.stream(values.getEnumConstants())
            .map(OptionType::word)
            .collect(Collectors.joining(", "));
    return new OptionType<>(
        "one of " + names,
        "must be one of " + names,
        text ->
            Arrays.stream(values.getEnumConstants())
                .filter(
                    value ->
                        word(value).equals(text.strip().toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such constant")),
        OptionType::word);
  }

  private static <T> OptionType<T> of(String name, String rule, Function<String, T> parser) {
    return new OptionType<>(name, rule, text -> parser.apply(text.strip()), String::valueOf);
  }

  private static <T> OptionType<T> verbatim(String name, String rule, Function<String, T> parser) {
    return new OptionType<>(name, rule, parser, String::valueOf);
  }

  String name() {
    return name;
  }

  /** What a text must be, to follow "Option 'x'". */
  String rule() {
    return rule;
  }

  /**
   * @throws IllegalArgumentException if the text is no value of this type; its message may hold the
   *     text, so it is for no human eye: {@link #rule} is.
   */
  T parse(String text) {
    return parser.apply(text);
  }

  String print(T value) {
    return printer.apply(value);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Double finite(String text) {
    double value = Double.parseDouble(text);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("not finite");
    }
    return value;
  }

  private static Boolean bool(String text) {
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return Boolean.valueOf(text);
  }

  /**
   * Flink's form or ISO's. A bare number would be milliseconds in Flink, which is nobody's guess:
   * only 0 may be bare.
   */
  private static Duration duration(String text) {
    if (text.toUpperCase(Locale.ROOT).matches("[+-]?P.*")) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("no ISO duration", e);
      }
    }
    boolean negative = text.startsWith("-");
    String amount = negative ? text.substring(1) : text;
    requireUnit(amount);
    Duration duration = TimeUtils.parseDuration(amount);
    return negative ? duration.negated() : duration;
  }

  private static MemorySize memory(String text) {
    requireUnit(text);
    return MemorySize.parse(text);
  }

  private static void requireUnit(String text) {
    if (text.matches("\\d+") && !text.matches("0+")) {
      throw new IllegalArgumentException("no unit");
    }
  }

  private static String location(String text) {
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("empty");
    }
    int colon = text.indexOf(':');
    if (colon > 0 && text.startsWith("//", colon + 1)) {
      try {
        // Only the part that names the file system: object keys may hold what a URI may not.
        int path = text.indexOf('/', colon + 3);
        new URI((path < 0 ? text : text.substring(0, path)) + "/");
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException("no URI", e);
      }
    }
    return text;
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableList());
  }

  private static Secret secret(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty");
    }
    return new Secret(text);
  }

  private static String text(Duration duration) {
    return duration.isNegative()
        ? "-" + TimeUtils.formatWithHighestUnit(duration.negated())
        : TimeUtils.formatWithHighestUnit(duration);
  }

  private static String text(MemorySize size) {
    long bytes = size.getBytes();
    String[] units = {"b", "kb", "mb", "gb"};
    int unit = 0;
    while (unit < units.length - 1 && bytes != 0 && bytes % 1024 == 0) {
      bytes /= 1024;
      unit++;
    }
    return bytes + " " + units[unit];
  }
}
