package dev.sluice.benchmarks.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Images of one size.
 *
 * @param name in headings
 * @param warmUp images at the beginning of each run that do not count
 * @param calibration folder of those that settings of the bare loop are tried on
 * @param images folder of those that are measured, warm-up included
 * @param goalOverWindowed how many times the throughput of the windowed job Sluice is to have
 */
record Workload(String name, int warmUp, Path calibration, Path images, double goalOverWindowed) {
  private static final int SMALL_WARM_UP = 200;
  private static final int LARGE_WARM_UP = 32;

  /** 60 to 110 KB a file, 200 different ones. */
  static Workload small(Path folder, int count) throws IOException {
    SyntheticPhotos photos = new SyntheticPhotos(500, 375, 200, 22f);
    int all = SMALL_WARM_UP + count;
    return new Workload(
        "500 x 375",
        SMALL_WARM_UP,
        photos.into(folder.resolve("small-calibration"), 2 * SMALL_WARM_UP, 10_000),
        photos.into(folder.resolve("small-" + all), all, 20_000),
        1.6);
  }

  /** 12 megapixels, 3 to 5 MB a file, twelve different ones. */
  static Workload large(Path folder, int count) throws IOException {
    SyntheticPhotos photos = new SyntheticPhotos(4000, 3000, 12, 16f);
    int all = LARGE_WARM_UP + count;
    return new Workload(
        "4000 x 3000",
        LARGE_WARM_UP,
        photos.into(folder.resolve("large-calibration"), 2 * LARGE_WARM_UP, 30_000),
        photos.into(folder.resolve("large-" + all), all, 40_000),
        2.2);
  }

  /** Count and mean size. */
  String describe() throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(images)) {
      files = listed.toList();
    }
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return String.format(
        "%d JPEG files of %s pixels, %d KB on average",
        files.size(), name, bytes / files.size() / 1000);
  }
}
