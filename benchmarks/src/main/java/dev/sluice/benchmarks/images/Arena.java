package dev.sluice.benchmarks.images;

import dev.sluice.benchmarks.measure.ForkedJvm;
import dev.sluice.benchmarks.measure.Measurement;
import dev.sluice.benchmarks.measure.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where contestants run: one model, one folder of native libraries, one JVM after the other. */
final class Arena {
  /** What Kryo needs on JDK 17 to see into a BufferedImage; everybody gets it. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.desktop/java.awt.image=ALL-UNNAMED",
          "--add-opens=java.desktop/java.awt.color=ALL-UNNAMED",
          "--add-opens=java.desktop/java.awt=ALL-UNNAMED",
          "--add-opens=java.desktop/sun.awt.image=ALL-UNNAMED",
          "--add-opens=java.desktop/sun.java2d=ALL-UNNAMED",
          "-Djava.awt.headless=true",
          "-Dai.djl.offline=true");

  private final Path folder;
  private final Path model;
  private final Path cache;
  private final ForkedJvm jvm;

  Arena(Path folder, Path model, List<String> jvmOptions) {
    this.folder = folder;
    this.model = model;
    this.cache = folder.resolve("native");
    List<String> options = new ArrayList<>(ForkedJvm.FLINK);
    options.addAll(JVM_OPTIONS);
    options.addAll(jvmOptions);
    options.add("-DDJL_CACHE_DIR=" + cache);
    this.jvm = new ForkedJvm(folder.resolve("runs"), options);
  }

  /**
   * One measurement.
   *
   * @throws IllegalStateException if not every image was classified
   */
  Measurement measure(Entrant entrant, int warmUp, Path images)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Workspace.delete(output);
    List<String> args = new ArrayList<>();
    args.addAll(List.of(entrant.contestant(), model.toString(), cache.toString()));
    args.addAll(List.of(Integer.toString(warmUp), images.toString(), output.toString()));
    args.addAll(entrant.arguments());
    Measurement measurement =
        jvm.measure(
            entrant.name(),
            entrant.jvmOptions(),
            ContestantProcess.class,
            args.toArray(String[]::new));
    long expected = filesIn(images);
    if (measurement.results() != expected) {
      throw new IllegalStateException(
          String.format(
              "Contestant '%s' must classify %d images, but classified %d",
              entrant.name(), expected, measurement.results()));
    }
    return measurement;
  }

  private static long filesIn(Path images) throws IOException {
    try (Stream<Path> files = Files.list(images)) {
      return files.count();
    }
  }
}
