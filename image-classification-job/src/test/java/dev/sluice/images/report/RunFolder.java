package dev.sluice.images.report;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterJson;
import dev.sluice.images.Classification;
import dev.sluice.images.ClassificationJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The output folder of a run, as the job's sinks leave it, written by hand. */
final class RunFolder {
  static final long TIME = 1_767_225_600_000L; // 2026-01-01T00:00:00Z
  static final String DATE = "2026-01-01";

  final Path path;

  RunFolder(Path path) {
    this.path = path;
  }

  Run run() {
    return Run.writtenTo(new org.apache.flink.core.fs.Path(path.toUri()));
  }

  /** A result of a batch of one. */
  static Classification result(String path, String top, double probability) {
    Classification result = new Classification();
    result.path = path;
    result.size = 100;
    result.modificationTime = TIME;
    result.modelName = "shapes";
    result.modelVersion = "1.2";
    result.modelSha256 = "0123456789abcdef".repeat(4);
    result.classes = new String[] {top, "something else"};
    result.probabilities = new float[] {(float) probability, (float) (1 - probability)};
    result.decodeMillis = 2;
    result.inferenceMillis = 5;
    result.batchSize = 1;
    result.timestamp = TIME;
    return result;
  }

  static DeadLetter letter(String source, String code, String message) {
    return DeadLetter.builder("classify-images", code, message)
        .from(source, 4_711)
        .carrying(new byte[] {1, 2, 3})
        .at(TIME)
        .build();
  }

  RunFolder with(Classification... results) throws IOException {
    for (Classification result : results) {
      append(
          "classifications/" + DATE + "/classifications-a-0.jsonl",
          ClassificationJson.write(result));
    }
    return this;
  }

  RunFolder with(DeadLetter... letters) throws IOException {
    for (DeadLetter letter : letters) {
      append("dead-letters/" + DATE + "/dead-letters-a-0.jsonl", DeadLetterJson.write(letter));
    }
    return this;
  }

  /** Adds a line to a file below the folder. */
  RunFolder append(String file, byte[] line) throws IOException {
    Path target = path.resolve(file);
    Files.createDirectories(target.getParent());
    try (OutputStream out =
        Files.newOutputStream(target, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(line);
      out.write('\n');
    }
    return this;
  }

  /** The report as text, by way of the file. */
  String page(Run run) throws IOException {
    Path file = path.resolve("report.html");
    ClassificationReport.write(run, new org.apache.flink.core.fs.Path(file.toUri()));
    return Files.readString(file);
  }
}
