package dev.sluice.common.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * The known name that somebody probably meant.
 *
 * <p>Counts edits itself, because commons-text, which would do it, is already on Flink's class path
 * in another version, and a second one in a job's JAR breaks the dashboard's job plan (it wants a
 * newer commons-lang3 than Flink brings).
 */
final class NearestName {
  private NearestName() {}

  /** Empty if no known name is near: more than half of the letters would have to change. */
  static Optional<String> to(String name, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.<String>comparingInt(candidate -> edits(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .filter(
            candidate -> edits(name, candidate) <= Math.max(name.length(), candidate.length()) / 2);
  }

  /** Levenshtein distance: least number of letters to insert, delete or replace. */
  static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
