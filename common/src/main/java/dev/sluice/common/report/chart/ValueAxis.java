package dev.sluice.common.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round values that enclose others, at even distances. Immutable. */
final class ValueAxis {
  private static final int MOST = 5;

  final double low;
  final double high;
  private final double step;

  /** From a step below the least to a step above the greatest value. */
  ValueAxis(double least, double greatest) {
    double range = greatest > least ? greatest - least : Math.max(1, Math.abs(greatest));
    double power = Math.pow(10, Math.floor(Math.log10(range / MOST)));
    double fit = range / MOST / power;
    step = power * (fit <= 1 ? 1 : fit <= 2 ? 2 : fit <= 5 ? 5 : 10);
    low = Math.floor(least / step) * step;
    high = Math.max(low + step, Math.ceil(greatest / step) * step);
  }

  List<Double> values() {
    List<Double> values = new ArrayList<>();
    for (long i = 0; i <= Math.round((high - low) / step); i++) {
      values.add(low + i * step);
    }
    return values;
  }

  /** With as many digits behind the point as tell the values of the axis apart. */
  String name(double value) {
    return written(value, decimals());
  }

  /** A value between those of the axis: one more digit. */
  String between(double value) {
    return written(value, decimals() + 1);
  }

  private int decimals() {
    return Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
  }

  private static String written(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
