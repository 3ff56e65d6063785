package dev.sluice.partitioning.prefix;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A piece of a prefix: text, or an expression with what stands behind its colon. Immutable. */
final class PrefixPart implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What stands before the colon, and how it is filled. */
  enum Kind {
    TEXT(""),
    QUERY_KEY("partitionKeyFromQuery:"),
    LAMBDA_KEY("partitionKeyFromLambda:"),
    EVENT_TIME("eventTimestamp:"),
    /** Known when an object is named; until then it stands as it was written. */
    ARRIVAL_TIME("timestamp:"),
    /** Likewise. */
    RANDOM("firehose:random-string"),
    ERROR_TYPE("firehose:error-output-type");

    /** What it begins with, behind the brace. */
    final String opening;

    Kind(String opening) {
      this.opening = opening;
    }
  }

  final Kind kind;
  final String text;
  private final ZoneId zone;
  private transient @Nullable DateTimeFormatter format;

  /**
   * @param text the text itself, a key's name, a pattern of times
   * @throws IllegalArgumentException if it is a pattern that is none
   */
  PrefixPart(Kind kind, String text, ZoneId zone) {
    this.kind = kind;
    this.text = text;
    this.zone = zone;
    if (kind == Kind.EVENT_TIME || kind == Kind.ARRIVAL_TIME) {
      var unused = formatter().format(Instant.EPOCH); // throws for letters without a meaning
    }
  }

  private DateTimeFormatter formatter() {
    DateTimeFormatter known = format;
    if (known == null) {
      known = DateTimeFormatter.ofPattern(text, Locale.US).withZone(zone);
      format = known;
    }
    return known;
  }

  /** For a record; keys are there, since the template names them. */
  void append(
      StringBuilder to,
      Map<String, String> queryKeys,
      Map<String, String> lambdaKeys,
      @Nullable Instant eventTime) {
    switch (kind) {
      case QUERY_KEY:
        to.append(PathEscaping.escape(value(queryKeys)));
        break;
      case LAMBDA_KEY:
        to.append(PathEscaping.escape(value(lambdaKeys)));
        break;
      case EVENT_TIME:
        to.append(formatter().format(Objects.requireNonNull(eventTime, "no event time")));
        break;
      case ARRIVAL_TIME:
        to.append("!{timestamp:").append(text).append('}');
        break;
      case RANDOM:
        to.append("!{firehose:random-string}");
        break;
      default:
        to.append(text);
    }
  }

  /** What it may become: of times that of the epoch. */
  String example() {
    switch (kind) {
      case TEXT:
        return text;
      case EVENT_TIME:
      case ARRIVAL_TIME:
        return formatter().format(Instant.EPOCH);
      default:
        return "x";
    }
  }

  private String value(Map<String, String> keys) {
    return Objects.requireNonNull(keys.get(text), () -> "no partition key '" + text + "'");
  }

  /** For an object. */
  void append(StringBuilder to, Instant oldestArrival, String random) {
    switch (kind) {
      case ARRIVAL_TIME:
        to.append(formatter().format(oldestArrival));
        break;
      case RANDOM:
        to.append(random);
        break;
      default:
        to.append(text);
    }
  }
}
