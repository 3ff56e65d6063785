package dev.sluice.images.report;

import dev.sluice.common.report.Smallest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Picks the images of the contact sheet from any number, in memory for {@code limit}.
 *
 * <ol>
 *   <li>The wrong ones, up to half of the places; if there are more, those of highest confidence,
 *       for they teach most.
 *   <li>Of the others those of lowest confidence, for a quarter of the places.
 *   <li>By lot in what is left, as a hash of the path falls; so each image has the same chance.
 * </ol>
 *
 * <p>The choice depends on the images alone, not on the order in which they come. Not thread-safe.
 */
final class Sample {
  private static final Comparator<SampledImage> BY_PATH =
      Comparator.<SampledImage, String>comparing(image -> image.path)
          .thenComparing(image -> image.modificationTime);
  private static final Comparator<SampledImage> LEAST_SURE =
      Comparator.comparing(SampledImage::confidence).thenComparing(BY_PATH);
  private static final Comparator<SampledImage> SUREST =
      Comparator.comparing(SampledImage::confidence).reversed().thenComparing(BY_PATH);
  private static final Comparator<SampledImage> BY_LOT =
      Comparator.comparing(SampledImage::lot).thenComparing(BY_PATH);

  private final int limit;
  private final Smallest<SampledImage> wrong;
  private final Smallest<SampledImage> unsure;
  private final Smallest<SampledImage> drawn;

  /**
   * @param limit images at most, at least 4
   */
  Sample(int limit) {
    this.limit = limit;
    wrong = new Smallest<>(limit / 2, SUREST);
    unsure = new Smallest<>(limit / 4, LEAST_SURE);
    drawn = new Smallest<>(limit, BY_LOT);
  }

  void add(SampledImage image) {
    Optional<SampledImage> left = image.isWrong() ? wrong.offer(image) : Optional.of(image);
    left.flatMap(unsure::offer).ifPresent(drawn::offer);
  }

  /** The wrong ones first, surest first; then the others, least sure first. */
  List<SampledImage> images() {
    List<SampledImage> chosen = new ArrayList<>(wrong.sorted());
    chosen.addAll(unsure.sorted());
    List<SampledImage> rest = drawn.sorted();
    chosen.addAll(rest.subList(0, Math.min(rest.size(), limit - chosen.size())));
    chosen.sort(
        Comparator.comparing(SampledImage::isWrong)
            .reversed()
            .thenComparing((a, b) -> (a.isWrong() ? SUREST : LEAST_SURE).compare(a, b)));
    return chosen;
  }
}
