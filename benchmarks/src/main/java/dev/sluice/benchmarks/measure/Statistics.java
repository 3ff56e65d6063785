package dev.sluice.benchmarks.measure;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Figures of figures, and how they are shown. */
public final class Statistics {
  private Statistics() {}

  /** Nothing of none; of an even number the mean of the two in the middle. */
  public static OptionalDouble median(List<Double> figures) {
    return quantile(figures, 0.5);
  }

  /**
   * Nothing of none; between two figures on the line from one to the other.
   *
   * @param share from 0, the least, to 1, the greatest
   */
  public static OptionalDouble quantile(List<Double> figures, double share) {
    List<Double> sorted = figures.stream().sorted().toList();
    if (sorted.isEmpty()) {
      return OptionalDouble.empty();
    }
    double place = share * (sorted.size() - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.size() - 1);
    return OptionalDouble.of(
        sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below)));
  }

  /** A dash for nothing. */
  public static String show(OptionalDouble figure, int digits) {
    return figure.isPresent()
        ? String.format(Locale.ROOT, "%,." + digits + "f", figure.getAsDouble())
        : "–";
  }
}
