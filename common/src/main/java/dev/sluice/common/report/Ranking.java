package dev.sluice.common.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Counts, greatest first; equal ones by name. */
public final class Ranking {
  private Ranking() {}

  /** All of them. */
  public static List<Map.Entry<String, Long>> of(Map<String, Long> counts) {
    List<Map.Entry<String, Long>> ranked = new ArrayList<>();
    counts.forEach((name, count) -> ranked.add(Map.entry(name, count)));
    ranked.sort(
        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    return ranked;
  }
}
