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
  private final List<Integer> starts = new ArrayList<>();
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
        add(at, Kind.TEXT, text.substring(at, end));
      }
      at = open < 0 ? end : expression(open);
    }
    checkPath();
    if (!mistakes.isEmpty()) {
      throw new InvalidPrefixException(mistakes);
    }
    return parts;
  }

  private void add(int at, Kind kind, String value) {
    parts.add(new PrefixPart(kind, value, zone));
    starts.add(at);
  }

  private int expression(int open) {
    int close = text.indexOf('}', open);
    if (close < 0) {
      broken(open, "'!{' has no '}'");
      return text.length();
    }
    String inside = text.substring(open + OPEN.length(), close);
    int colon = inside.indexOf(':');
    if (colon < 0) {
      broken(open, "'!{" + inside + "}' must be !{namespace:value}");
    } else {
      part(open, inside.substring(0, colon), inside.substring(colon + 1));
    }
    return close + 1;
  }

  private void part(int open, String namespace, String value) {
    if (value.isEmpty()) {
      broken(open, "'!{" + namespace + ":}' has nothing behind its colon");
      return;
    }
    switch (namespace) {
      case "partitionKeyFromQuery":
        add(open, Kind.QUERY_KEY, value);
        break;
      case "partitionKeyFromLambda":
        add(open, Kind.LAMBDA_KEY, value);
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
        broken(
            open,
            "'"
                + namespace
                + "' is no namespace: there are partitionKeyFromQuery, partitionKeyFromLambda,"
                + " timestamp, eventTimestamp and firehose");
    }
  }

  private void time(int open, Kind kind, String pattern) {
    try {
      add(open, kind, pattern);
    } catch (IllegalArgumentException | DateTimeException e) {
      broken(open, "'" + pattern + "' is no pattern of java.time: " + e.getMessage());
    }
  }

  private void firehose(int open, String value) {
    switch (value) {
      case "random-string":
        add(open, Kind.RANDOM, value);
        break;
      case "error-output-type":
        add(open, Kind.ERROR_TYPE, value);
        break;
      default:
        broken(
            open,
            "'firehose:" + value + "' is unknown: there are random-string and error-output-type");
    }
  }

  /**
   * What a prefix is made of may not lead out of the output folder, nor name folders that file
   * systems take for others, whatever the values are. Partition keys are never empty.
   */
  private void checkPath() {
    StringBuilder path = new StringBuilder();
    List<Integer> positions = new ArrayList<>(); // of each character, in the text
    for (int i = 0; i < parts.size(); i++) {
      String shown = parts.get(i).example();
      path.append(shown);
      boolean literal = parts.get(i).kind == Kind.TEXT;
      for (int at = 0; at < shown.length(); at++) {
        positions.add(starts.get(i) + (literal ? at : 0));
      }
    }
    for (int at = 0; at < path.length(); ) {
      int slash = path.indexOf("/", at);
      int end = slash < 0 ? path.length() : slash;
      String segment = path.substring(at, end);
      if (segment.equals(".") || segment.equals("..")) {
        mistake(positions.get(at), "'" + segment + "' is no name of a folder");
      } else if (segment.isEmpty()) {
        mistake(positions.get(at), at == 0 ? "it must not begin with '/'" : "'//' names no folder");
      }
      at = end + 1;
    }
  }

  /** Something stands in for it, so that what is around it is looked at, too. */
  private void broken(int open, String rule) {
    mistake(open, rule);
    add(open, Kind.RANDOM, "random-string");
  }

  private void mistake(int at, String rule) {
    mistakes.add("at position " + (at + 1) + ": " + rule);
  }
}
