package dev.sluice.benchmarks.images;

import dev.sluice.benchmarks.measure.Contestant;
import dev.sluice.images.Classification;
import dev.sluice.images.ClassificationJson;
import dev.sluice.images.PipelineOfTheJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The job as shipped, with its defaults: batches of 16, a checkpoint every 10 seconds, results as
 * JSON lines, each exactly once.
 */
final class SluiceJob implements Contestant {
  private final Path model;
  private final Path cache;
  private final int parallelism;
  private final PipelineOfTheJob pipeline = new PipelineOfTheJob();

  SluiceJob(Path model, Path cache, int parallelism) {
    this.model = model;
    this.cache = cache;
    this.parallelism = parallelism;
  }

  @Override
  public void run(Path input, Path output, Path checkpoints) throws Exception {
    pipeline.run(
        "--input.path=" + input.toUri(),
        "--output.path=" + output.toUri(),
        "--model.url=" + model.toUri(),
        "--model.cache-directory=" + cache,
        "--job.parallelism=" + parallelism,
        "--checkpoint.directory=" + checkpoints.toUri());
  }

  @Override
  public long done() {
    return pipeline.classified();
  }

  /** A batch of n images has n results that say so: their inverses sum up to one. */
  @Override
  public Work work(Path output) throws IOException {
    long images = 0;
    double batches = 0;
    for (Path file : finishedFiles(output.resolve("classifications"))) {
      for (String line : Files.readAllLines(file)) {
        Classification result = ClassificationJson.read(line.getBytes(StandardCharsets.UTF_8));
        images++;
        batches += 1.0 / result.batchSize;
      }
    }
    return new Work(images, Math.round(batches));
  }

  /** Names that begin with a dot are not finished. */
  static List<Path> finishedFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return new ArrayList<>(
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .toList());
    }
  }
}
