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
 * @param warmUp folder of those that every process begins with
 * @param calibration folder of those that settings of the bare loop are tried on
 * @param images folder of those that count
 * @param goalOverWindowed how many times the throughput of the windowed job Sluice is to have
 */
record Workload(String name, Path warmUp, Path calibration, Path images, double goalOverWindowed) {

  /** 60 to 110 KB a file. */
  static Workload small(Path folder, int count) throws IOException {
    SyntheticPhotos photos = new SyntheticPhotos(500, 375, count, 9f);
    return new Workload(
        "500 x 375",
        photos.into(folder.resolve("small-warm-up-64"), 64, 10_000),
        photos.into(folder.resolve("small-calibration-128"), 128, 20_000),
        photos.into(folder.resolve("small-" + count), count, 30_000),
        1.6);
  }

  /** 12 megapixels, 3 to 5 MB a file; twelve different ones. */
  static Workload large(Path folder, int count) throws IOException {
    SyntheticPhotos photos = new SyntheticPhotos(4000, 3000, 12, 5f);
    return new Workload(
        "4000 x 3000",
        photos.into(folder.resolve("large-warm-up-16"), 16, 40_000),
        photos.into(folder.resolve("large-calibration-32"), 32, 50_000),
        photos.into(folder.resolve("large-" + count), count, 60_000),
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
