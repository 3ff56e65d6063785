package dev.sluice.partitioning.prefix;

import dev.sluice.partitioning.prefix.PrefixPart.Kind;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Takes a prefix apart; reports all mistakes together. Used once. */
final class PrefixParser {
  private static final String OPEN = "!{";

  private final String text;
  private final ZoneId zone;
  private final List<PrefixPart> parts = new ArrayList<>();
  private final List<String> mistakes = new ArrayList<>();

  PrefixParser(String text, ZoneId zone) {
    this.text = text;
    this.zone = zone;
  }

  List<PrefixPart> parse() throws InvalidPrefixException {
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf(OPEN, at);
      int end = open < 0 ? text.length() : open;
      if (end > at) {
        parts.add(new PrefixPart(Kind.TEXT, text.substring(at, end), zone));
      }
      at = open < 0 ? end : expression(open);
    }
    checkPath();
    if (!mistakes.isEmpty()) {
      throw new InvalidPrefixException(mistakes);
    }
    return parts;
  }

  private int expression(int open) {
    int close = text.indexOf('}', open);
    if (close < 0) {
      mistake(open, "'!{' has no '}'");
      return text.length();
    }
    String inside = text.substring(open + OPEN.length(), close);
    int colon = inside.indexOf(':');
    if (colon < 0) {
      mistake(open, "'!{" + inside + "}' must be !{namespace:value}");
    } else {
      part(open, inside.substring(0, colon), inside.substring(colon + 1));
    }
    return close + 1;
  }

  private void part(int open, String namespace, String value) {
    if (value.isEmpty()) {
      mistake(open, "'!{" + namespace + ":}' has nothing behind its colon");
      return;
    }
    switch (namespace) {
      case "partitionKeyFromQuery":
        parts.add(new PrefixPart(Kind.QUERY_KEY, value, zone));
        break;
      case "partitionKeyFromLambda":
        parts.add(new PrefixPart(Kind.LAMBDA_KEY, value, zone));
        break;
      case "timestamp":
        time(open, Kind.ARRIVAL_TIME, value);
        break;
      case "eventTimestamp":
        time(open, Kind.EVENT_TIME, value);
        break;
      case "firehose":
        firehose(open, value);
        break;
      default:
        mistake(
            open,
            "'"
                + namespace
                + "' is no namespace: there are partitionKeyFromQuery, partitionKeyFromLambda,"
                + " timestamp, eventTimestamp and firehose");
    }
  }

  private void time(int open, Kind kind, String pattern) {
    try {
      parts.add(new PrefixPart(kind, pattern, zone));
    } catch (IllegalArgumentException | DateTimeException e) {
      mistake(open, "'" + pattern + "' is no pattern of java.time: " + e.getMessage());
    }
  }

  private void firehose(int open, String value) {
    switch (value) {
      case "random-string":
        parts.add(new PrefixPart(Kind.RANDOM, value, zone));
        break;
      case "error-output-type":
        parts.add(new PrefixPart(Kind.ERROR_TYPE, value, zone));
        break;
      default:
        mistake(
            open,
            "'firehose:" + value + "' is unknown: there are random-string and error-output-type");
    }
  }

  /** What a prefix is made of may not lead out of the output folder, whatever the values are. */
  private void checkPath() {
    if (text.startsWith("/")) {
      mistake(0, "it must not begin with '/'");
    }
    for (int at = 0; at < text.length(); at = text.indexOf('/', at) + 1) {
      int end = text.indexOf('/', at) < 0 ? text.length() : text.indexOf('/', at);
      String segment = text.substring(at, end);
      if (segment.equals(".") || segment.equals("..")) {
        mistake(at, "'" + segment + "' is no name of a folder");
      }
      if (end == text.length()) {
        return;
      }
    }
  }

  private void mistake(int at, String rule) {
    mistakes.add("at position " + (at + 1) + ": " + rule);
  }
}
