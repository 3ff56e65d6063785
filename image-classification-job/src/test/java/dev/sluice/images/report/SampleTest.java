package dev.sluice.images.report;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static final int LIMIT = 200;

  @Test
  void keepsAllWhenThereIsRoom() {
    List<SampledImage> images = images(LIMIT, 30);

    assertThat(sampled(images)).containsExactlyInAnyOrderElementsOf(images);
  }

  @Test
  void keepsAllEvenIfAllAreWrong() {
    List<SampledImage> images = images(LIMIT, LIMIT);

    assertThat(sampled(images)).containsExactlyInAnyOrderElementsOf(images);
  }

  @Test
  void isBoundedAndFullAboveTheLimit() {
    assertThat(sampled(images(LIMIT + 1, 0))).hasSize(LIMIT).doesNotHaveDuplicates();
    assertThat(sampled(images(5_000, 0))).hasSize(LIMIT).doesNotHaveDuplicates();
    assertThat(sampled(images(5_000, 5_000))).hasSize(LIMIT).doesNotHaveDuplicates();
  }

  @Test
  void showsEveryWrongOneUpToHalfAndFirst() {
    List<SampledImage> shown = sampled(images(5_000, 60));

    assertThat(shown.subList(0, 60)).allMatch(SampledImage::isWrong);
    assertThat(shown.subList(60, LIMIT)).noneMatch(SampledImage::isWrong);
  }

  @Test
  void prefersTheSurestOfTooManyWrongOnes() {
    List<SampledImage> images = images(5_000, 1_000);
    List<SampledImage> surest =
        images.stream()
            .filter(SampledImage::isWrong)
            .sorted((a, b) -> Float.compare(b.confidence(), a.confidence()))
            .limit(LIMIT / 2)
            .toList();

    List<SampledImage> shown = sampled(images);

    assertThat(shown.subList(0, LIMIT / 2)).containsExactlyElementsOf(surest);
  }

  @Test
  void showsTheLeastSureOfTheRightOnes() {
    List<SampledImage> images = images(5_000, 10);
    List<SampledImage> leastSure =
        images.stream()
            .filter(image -> !image.isWrong())
            .sorted((a, b) -> Float.compare(a.confidence(), b.confidence()))
            .limit(LIMIT / 4)
            .toList();

    List<SampledImage> shown = sampled(images);

    assertThat(shown.subList(10, 10 + LIMIT / 4)).containsExactlyElementsOf(leastSure);
  }

  @Test
  void doesNotDependOnTheOrderOfArrival() {
    List<SampledImage> images = images(5_000, 300);
    List<SampledImage> expected = sampled(images);

    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(images, new Random(seed));

      assertThat(sampled(images)).containsExactlyElementsOf(expected);
    }
  }

  /** 150 of 4,950 by lot in ten folders: 15 each expected, standard deviation 3.7. */
  @Test
  void spreadsTheRestOverFolders() {
    List<SampledImage> images = images(5_000, 0);
    List<SampledImage> byLot = sampled(images).subList(LIMIT / 4, LIMIT);

    Map<String, List<SampledImage>> folders =
        byLot.stream().collect(groupingBy(image -> image.path.substring(0, 2)));

    assertThat(folders).hasSize(10);
    assertThat(folders.values()).allSatisfy(folder -> assertThat(folder).hasSizeBetween(4, 30));
  }

  @Test
  void drawsLotsThatDifferForPathsThatHardlyDiffer() {
    HashSet<Long> upperBytes = new HashSet<>();
    for (SampledImage image : images(1_000, 0)) {
      upperBytes.add(image.lot() >>> 56);
    }

    assertThat(upperBytes).hasSizeGreaterThan(200);
  }

  private static List<SampledImage> sampled(List<SampledImage> images) {
    Sample sample = new Sample(LIMIT);
    images.forEach(sample::add);
    return sample.images();
  }

  /** In folders s0 to s9, of different confidences, the first ones wrong. */
  private static List<SampledImage> images(int count, int wrong) {
    List<SampledImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // 7,919 is prime to 10,007, so that no two confidences are equal.
      double confidence = 0.1 + 0.8 * (i * 7_919L % 10_007) / 10_007;
      String path = "s" + i % 10 + "/" + i + ".jpg";
      String label = i < wrong ? "ring" : "star";
      images.add(new SampledImage(RunFolder.result(path, "star", confidence), Optional.of(label)));
    }
    return images;
  }
}
