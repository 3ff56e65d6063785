package dev.sluice.images.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.images.Classification;
import dev.sluice.images.decoding.ImageDecoder;
import dev.sluice.images.decoding.ImageLimits;
import dev.sluice.images.decoding.UnreadableImageException;
import dev.sluice.images.inference.DjlImageClassifier;
import dev.sluice.images.inference.ImageClassifier;
import dev.sluice.images.inference.ModelSource;
import dev.sluice.images.inference.Probabilities;
import dev.sluice.testing.Xml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The report of the sample images with the sample model, as it is to be looked at. */
class SampleDataReportIT {
  private static final Path SAMPLE = Path.of("..", "sample-data").toAbsolutePath().normalize();
  private static final Path OUTPUT = Path.of("target", "sample-report").toAbsolutePath();
  private static final long MAX_BYTES = 1 << 20;
  private static final int BATCH = 16;

  private static RunSummary summary;
  private static String page;

  @BeforeAll
  static void classifySampleData() throws Exception {
    deleteRecursively(OUTPUT);
    RunFolder folder = new RunFolder(OUTPUT);
    ModelSource source =
        new ModelSource(
            SAMPLE.resolve("models/resnet18-shapes").toUri().toString(), null, null, null);
    String cache = Path.of(System.getProperty("java.io.tmpdir"), "sluice-djl").toString();
    long start = System.nanoTime();
    try (ImageClassifier classifier = DjlImageClassifier.factory(source, cache).open(BATCH)) {
      classify(classifier, folder);
    }
    Path report = OUTPUT.resolve("report.html");
    summary =
        ClassificationReport.write(
            folder
                .run()
                .since(Instant.ofEpochMilli(RunFolder.TIME))
                .lasting(Duration.ofNanos(System.nanoTime() - start))
                .withOptions("batch.size = 16\nresult.top-k = 5"),
            new org.apache.flink.core.fs.Path(report.toUri()));
    page = Files.readString(report);
  }

  @Test
  void statesWhatTheSampleDataIsKnownToGive() {
    assertThat(summary.images()).isEqualTo(82);
    assertThat(summary.deadLetters()).isEqualTo(6);
    assertThat(summary.text())
        .contains("82 images in ")
        .contains("81 of 82 (98.8 %)")
        .contains("Dead letters 6: ")
        .contains("object-too-large 1");
  }

  @Test
  void showsEachImageAndMarksTheOneThatIsWrong() throws Exception {
    Document document = Xml.parse(page);

    assertThat(Xml.all(document, "//li[contains(@class,'tile')]")).hasSize(82);
    assertThat(Xml.all(document, "//li//img")).hasSize(82);
    assertThat(Xml.all(document, "//li[@class='tile wrong']//img/@alt"))
        .containsExactly("crescent/crescent-5.jpg");
    assertThat(Xml.all(document, "//p[@class='badge']")).containsExactly("is crescent");
  }

  @Test
  void staysSmall() {
    assertThat(page.length()).isLessThan(2_000_000);
  }

  private static void classify(ImageClassifier classifier, RunFolder folder) throws Exception {
    List<Classification> batch = new ArrayList<>();
    try (ImageDecoder decoder =
            new ImageDecoder(
                new ImageLimits(100_000_000L, classifier.preprocessing().keptShortSide()));
        Stream<Path> files = Files.walk(SAMPLE.resolve("images"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = new org.apache.flink.core.fs.Path(file.toUri()).toString();
        if (Files.size(file) > MAX_BYTES) {
          String message = "Cannot read '" + name + "': above the limit of " + MAX_BYTES;
          folder.with(letter(name, file, "object-too-large", message));
          continue;
        }
        long begin = System.nanoTime();
        try {
          classifier.put(batch.size(), decoder.decode(Files.readAllBytes(file)));
        } catch (UnreadableImageException e) {
          String message = "Cannot decode image '" + name + "': " + e.getMessage();
          folder.with(letter(name, file, e.code(), message));
          continue;
        }
        Classification result = RunFolder.result(name, "", 0);
        result.decodeMillis = (System.nanoTime() - begin) / 1e6;
        result.size = Files.size(file);
        result.modificationTime = Files.getLastModifiedTime(file).toMillis();
        batch.add(result);
        if (batch.size() == BATCH) {
          flush(classifier, batch, folder);
        }
      }
    }
    flush(classifier, batch, folder);
  }

  private static DeadLetter letter(String name, Path file, String code, String message)
      throws Exception {
    DeadLetter letter = RunFolder.letter(name, code, message);
    letter.sourceSize = Files.size(file);
    return letter;
  }

  private static void flush(
      ImageClassifier classifier, List<Classification> batch, RunFolder folder) throws Exception {
    long begin = System.nanoTime();
    float[][] rows = classifier.classify(batch.size());
    double millis = (System.nanoTime() - begin) / 1e6 / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      Classification result = batch.get(i);
      int[] top = Probabilities.top(rows[i], 5);
      result.modelName = classifier.model().name;
      result.modelVersion = classifier.model().version;
      result.modelSha256 = classifier.model().sha256;
      result.classes = new String[top.length];
      result.probabilities = new float[top.length];
      for (int k = 0; k < top.length; k++) {
        result.classes[k] = classifier.model().classes.get(top[k]);
        result.probabilities[k] = rows[i][top[k]];
      }
      result.inferenceMillis = millis;
      result.batchSize = batch.size();
      folder.with(result);
    }
    batch.clear();
  }

  private static void deleteRecursively(Path folder) throws Exception {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
