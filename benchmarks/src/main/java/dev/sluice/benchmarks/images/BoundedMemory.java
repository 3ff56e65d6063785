package dev.sluice.benchmarks.images;

import dev.sluice.benchmarks.measure.Measurement;
import dev.sluice.common.environment.SampleData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows that neither memory nor checkpoints grow with the number of images: the job as shipped over
 * more and more small files, with the small sample model, so that many files take little time.
 */
final class BoundedMemory {
  private static final int FEWEST = 500;
  private static final int DISTINCT = 50;
  private static final int SIDE = 64;

  /** All of the heap is touched at the start: what grows then is something else. */
  static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms512m",
          "-Xmx512m",
          "-XX:+AlwaysPreTouch",
          "-D" + Measurement.LIVE_HEAP_PROPERTY + "=true");

  private final Path folder;

  BoundedMemory(Path folder) {
    this.folder = folder;
  }

  /**
   * By number of images: 500, a tenth of the most, the most; the small ones only as far as they
   * differ.
   */
  Map<Integer, Measurement> measure(int most) throws IOException, InterruptedException {
    Path model =
        SampleData.find("models/resnet18-shapes")
            .orElseThrow(() -> new IllegalStateException("Cannot find the sample data"));
    Arena arena = new Arena(folder, model, JVM_OPTIONS);
    Path originals =
        new SyntheticPhotos(SIDE, SIDE, DISTINCT, 9f)
            .into(folder.resolve("tiny-" + DISTINCT), DISTINCT, 70_000);
    Map<Integer, Measurement> taken = new LinkedHashMap<>();
    for (int count : new int[] {FEWEST, most / 10, most}) {
      if (count >= FEWEST && !taken.containsKey(count)) {
        Measurement measurement =
            arena.measure(Entrant.SLUICE, FEWEST / 2, links(originals, count));
        taken.put(count, measurement);
        System.err.printf(
            "%d images: peak %.0f MiB, live heap %.0f MiB, checkpoint %d bytes%n",
            count,
            measurement.peakMebibytes(),
            measurement.liveHeapMebibytes(),
            measurement.checkpointBytes());
      }
    }
    return taken;
  }

  /** Many names for a few files. */
  private Path links(Path originals, int count) throws IOException {
    Path links = folder.resolve("tiny-links-" + count);
    Files.createDirectories(links);
    for (int i = 0; i < count; i++) {
      Path link = links.resolve(String.format("tiny-%07d.jpg", i));
      if (!Files.exists(link)) {
        Files.createLink(link, originals.resolve(String.format("photo-%06d.jpg", i % DISTINCT)));
      }
    }
    return links;
  }
}
