package dev.sluice.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * By how much one contestant costs more than another, from pairs of neighbouring runs.
 *
 * <p>Of the logarithms of the quotients the tenth part at each end is trimmed, at least one of five
 * and more; the mean is that of the others, and its standard error comes from the winsorised
 * variance (Tukey and McLaughlin), so that a run that was disturbed widens neither beyond measure.
 *
 * @param mean of the logarithms: for small shares the share itself
 * @param standardError of the mean; infinite of less than two pairs
 */
public record PairedRatios(int pairs, double mean, double standardError) {
  private static final double TRIMMED = 0.1;
  private static final int LEAST_TO_TRIM = 5;

  /** Standard errors that decide: 95 % of all runs are within. */
  private static final double SURE = 2;

  /**
   * Trims and averages.
   *
   * @param ratios quotients of costs, each of a pair
   */
  public static PairedRatios of(List<Double> ratios) {
    List<Double> logs = ratios.stream().map(Math::log).sorted().toList();
    int count = logs.size();
    int cut = count < LEAST_TO_TRIM ? 0 : (int) Math.max(1, TRIMMED * count);
    double mean =
        logs.subList(cut, count - cut).stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    if (count < 2) {
      return new PairedRatios(count, mean, Double.POSITIVE_INFINITY);
    }
    List<Double> winsorised = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      winsorised.add(logs.get(Math.min(Math.max(i, cut), count - 1 - cut)));
    }
    double middle = winsorised.stream().mapToDouble(v -> v).average().orElse(0);
    double squares = winsorised.stream().mapToDouble(v -> (v - middle) * (v - middle)).sum();
    double kept = 1 - 2.0 * cut / count;
    return new PairedRatios(
        count, mean, Math.sqrt(squares / (count - 1)) / (kept * Math.sqrt(count)));
  }

  /** The mean of several, each with the same weight. */
  public static PairedRatios meanOf(List<PairedRatios> parts) {
    double squares =
        parts.stream().mapToDouble(part -> part.standardError * part.standardError).sum();
    return new PairedRatios(
        parts.stream().mapToInt(PairedRatios::pairs).sum(),
        parts.stream().mapToDouble(PairedRatios::mean).average().orElse(Double.NaN),
        parts.isEmpty() ? Double.POSITIVE_INFINITY : Math.sqrt(squares) / parts.size());
  }

  /** More than one contestant costs than the other, as a share. */
  public double share() {
    return Math.expm1(mean);
  }

  /** Two standard errors on one side of the limit, or this cannot tell. */
  public String below(double limit) {
    double distance = mean - Math.log1p(limit);
    if (Double.isNaN(distance) || Double.isInfinite(standardError)) {
      return "";
    }
    if (Math.abs(distance) >= SURE * standardError) {
      return distance < 0 ? "met" : "**missed**";
    }
    double factor = SURE * standardError / distance;
    return String.format(
        Locale.ROOT, "too noisy to tell (needs %,.0f pairs)", Math.ceil(pairs * factor * factor));
  }

  /** The share and its standard error in per cent. */
  public String percent() {
    return Double.isNaN(mean)
        ? "–"
        : String.format(Locale.ROOT, "%+.1f ± %.1f %%", 100 * share(), 100 * standardError);
  }
}
