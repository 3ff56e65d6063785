package dev.sluice.partitioning.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * jq's functions of time that jackson-jq lacks: {@code strftime}, {@code gmtime}, {@code mktime},
 * {@code todate}, {@code fromdate}. All in UTC, as in jq 1.6. Stateless.
 */
final class JqDates {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);

  private JqDates() {}

  private interface OfInput {
    JsonNode apply(JsonNode in) throws JsonQueryException;
  }

  static void addTo(Scope scope) {
    add(scope, "gmtime", in -> brokenDown(time(in, "gmtime"), in));
    add(scope, "mktime", in -> LongNode.valueOf(time(in, "mktime").toEpochSecond()));
    add(scope, "todate", in -> TextNode.valueOf(ISO.format(time(in, "todate"))));
    add(scope, "todateiso8601", in -> TextNode.valueOf(ISO.format(time(in, "todate"))));
    add(scope, "fromdate", JqDates::fromIso);
    add(scope, "fromdateiso8601", JqDates::fromIso);
    scope.addFunction(
        "strftime",
        1,
        (inner, args, in, path, output, version) ->
            args.get(0)
                .apply(
                    inner,
                    in,
                    format -> output.emit(TextNode.valueOf(strftime(in, format)), null)));
  }

  private static void add(Scope scope, String name, OfInput function) {
    scope.addFunction(
        name, 0, (inner, args, in, path, output, version) -> output.emit(function.apply(in), null));
  }

  /** From seconds since the epoch, or from jq's broken-down time (months and days from 0). */
  private static ZonedDateTime time(JsonNode in, String function) throws JsonQueryException {
    try {
      if (in.isNumber()) {
        return Instant.ofEpochSecond((long) Math.floor(in.doubleValue())).atZone(ZoneOffset.UTC);
      }
      if (in.isArray() && in.size() >= 6) {
        return ZonedDateTime.of(
            in.get(0).asInt(),
            in.get(1).asInt() + 1,
            in.get(2).asInt(),
            in.get(3).asInt(),
            in.get(4).asInt(),
            (int) in.get(5).asDouble(),
            0,
            ZoneOffset.UTC);
      }
    } catch (DateTimeException e) {
      throw new JsonQueryException(function + " of a time out of range");
    }
    throw new JsonQueryException(
        function + " requires a number or broken down time, not " + JsonTypes.nameOf(in));
  }

  private static ArrayNode brokenDown(ZonedDateTime time, JsonNode in) {
    double fraction = in.isNumber() ? in.doubleValue() - Math.floor(in.doubleValue()) : 0;
    return JsonNodeFactory.instance
        .arrayNode()
        .add(time.getYear())
        .add(time.getMonthValue() - 1)
        .add(time.getDayOfMonth())
        .add(time.getHour())
        .add(time.getMinute())
        .add(
            fraction == 0
                ? LongNode.valueOf(time.getSecond())
                : DoubleNode.valueOf(time.getSecond() + fraction))
        .add(time.getDayOfWeek().getValue() % 7)
        .add(time.getDayOfYear() - 1);
  }

  private static JsonNode fromIso(JsonNode in) throws JsonQueryException {
    try {
      return LongNode.valueOf(
          ISO.withZone(ZoneOffset.UTC).parse(in.asText(), Instant::from).getEpochSecond());
    } catch (DateTimeException e) {
      throw new JsonQueryException("date does not match format \"%Y-%m-%dT%H:%M:%SZ\"");
    }
  }

  private static String strftime(JsonNode in, JsonNode format) throws JsonQueryException {
    if (!format.isTextual()) {
      throw new JsonQueryException("strftime/1 requires a string format");
    }
    ZonedDateTime time = time(in, "strftime");
    String text = format.textValue();
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 1 < text.length()) {
        out.append(field(time, text.charAt(++i)));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String field(ZonedDateTime time, char letter) throws JsonQueryException {
    switch (letter) {
      case 'Y':
        return Integer.toString(time.getYear());
      case 'm':
        return two(time.getMonthValue());
      case 'd':
        return two(time.getDayOfMonth());
      case 'e':
        return String.format(Locale.ROOT, "%2d", time.getDayOfMonth());
      case 'H':
        return two(time.getHour());
      case 'I':
        return two((time.getHour() + 11) % 12 + 1);
      case 'M':
        return two(time.getMinute());
      case 'S':
        return two(time.getSecond());
      case 'y':
        return two(Math.floorMod(time.getYear(), 100));
      case 'j':
        return String.format(Locale.ROOT, "%03d", time.getDayOfYear());
      case 's':
        return Long.toString(time.toEpochSecond());
      default:
        return composed(time, letter);
    }
  }

  private static String composed(ZonedDateTime time, char letter) throws JsonQueryException {
    switch (letter) {
      case 'F':
        return field(time, 'Y') + "-" + field(time, 'm') + "-" + field(time, 'd');
      case 'T':
        return field(time, 'H') + ":" + field(time, 'M') + ":" + field(time, 'S');
      case 'R':
        return field(time, 'H') + ":" + field(time, 'M');
      case 'D':
        return field(time, 'm') + "/" + field(time, 'd') + "/" + field(time, 'y');
      case 'V':
        return two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'G':
        return Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
      case 'u':
        return Integer.toString(time.getDayOfWeek().getValue());
      case 'w':
        return Integer.toString(time.getDayOfWeek().getValue() % 7);
      case 'a':
        return time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A':
        return time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b':
      case 'h':
        return time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'B':
        return time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'p':
        return time.getHour() < 12 ? "AM" : "PM";
      case 'z':
        return "+0000";
      case 'Z':
        return "UTC";
      case '%':
        return "%";
      default:
        throw new JsonQueryException("strftime knows no '%" + letter + "'");
    }
  }

  private static String two(int value) {
    return String.format(Locale.ROOT, "%02d", value);
  }
}
