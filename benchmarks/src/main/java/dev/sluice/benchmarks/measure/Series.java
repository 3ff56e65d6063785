package dev.sluice.benchmarks.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The measurements of one contestant, one a round. */
public final class Series {
  private final List<Measurement> measurements = new ArrayList<>();

  public void add(Measurement measurement) {
    measurements.add(measurement);
  }

  /** Of an odd number the one in the middle, of an even number the mean of the two. */
  public double median(ToDoubleFunction<Measurement> figure) {
    return middle(sorted(figure));
  }

  public double max(ToDoubleFunction<Measurement> figure) {
    double[] sorted = sorted(figure);
    return sorted[sorted.length - 1];
  }

  public double min(ToDoubleFunction<Measurement> figure) {
    return sorted(figure)[0];
  }

  private static double middle(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private double[] sorted(ToDoubleFunction<Measurement> figure) {
    if (measurements.isEmpty()) {
      throw new IllegalStateException("A series has figures after its first measurement only");
    }
    return measurements.stream().mapToDouble(figure).sorted().toArray();
  }

  /**
   * Median, and the least and the greatest in brackets.
   *
   * @param digits behind the point
   */
  public String show(ToDoubleFunction<Measurement> figure, int digits) {
    String form = "%." + digits + "f";
    return String.format(
        Locale.ROOT,
        form + " (" + form + " – " + form + ")",
        median(figure),
        min(figure),
        max(figure));
  }

  /**
   * Median over the rounds of the quotient of two contestants in the same round, so that a machine
   * that is slower for a while slows both.
   */
  public double medianRatio(Series other, ToDoubleFunction<Measurement> figure) {
    double[] ratios = new double[Math.min(measurements.size(), other.measurements.size())];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] =
          figure.applyAsDouble(measurements.get(i))
              / figure.applyAsDouble(other.measurements.get(i));
    }
    Arrays.sort(ratios);
    return middle(ratios);
  }
}
