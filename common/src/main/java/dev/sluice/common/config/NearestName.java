package dev.sluice.common.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name that somebody probably meant. */
final class NearestName {
  private NearestName() {}

  /** Empty if no known name is near: more than half of the letters would have to change. */
  static Optional<String> to(String name, Collection<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(
            Comparator.<String>comparingInt(candidate -> distance.apply(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .filter(
            candidate ->
                distance.apply(name, candidate) <= Math.max(name.length(), candidate.length()) / 2);
  }
}
