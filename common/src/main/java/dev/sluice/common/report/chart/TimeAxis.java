package dev.sluice.common.report.chart;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round moments between two others, as many as have room, and their names. In UTC. Immutable. */
final class TimeAxis {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] STEPS = {
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
    90 * DAY,
    365 * DAY
  };
  private static final double LABEL = 70;

  private final long from;
  private final long to;
  private final long step;

  TimeAxis(long from, long to, double width) {
    this.from = from;
    this.to = to;
    long least = (long) ((to - from) / Math.max(1, width / LABEL));
    long chosen = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0 && STEPS[i] >= least; i--) {
      chosen = STEPS[i];
    }
    step = chosen < least ? least : chosen;
  }

  List<Long> moments() {
    List<Long> moments = new ArrayList<>();
    for (long at = Math.floorDiv(from + step - 1, step) * step; at <= to; at += step) {
      moments.add(at);
    }
    return moments;
  }

  String name(long moment) {
    return format(step < MINUTE ? "HH:mm:ss" : step < DAY ? "HH:mm" : "d MMM").format(at(moment));
  }

  static String exact(long moment) {
    return format("d MMM, HH:mm:ss").format(at(moment));
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  private static Instant at(long moment) {
    return Instant.ofEpochMilli(moment);
  }
}
