package dev.sluice.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterJson;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job with the real model, as {@code ./sluice run} starts it. */
class ImageClassificationJobIT {
  private static final Path IMAGES = Path.of("..", "sample-data", "images").toAbsolutePath();

  @TempDir Path output;

  @Test
  void givesEachSamplePictureOneResultAndEachBrokenFileOneDeadLetter() throws Exception {
    ImageClassificationJob.main(new String[] {"--output.path=" + output});

    Ledger pictures = Ledger.of(files(false));
    pictures.record(finished(output, "classifications"), line -> name(result(line).path));
    pictures.assertExact();
    Ledger broken = Ledger.of(files(true));
    broken.record(finished(output, "dead-letters"), line -> name(letter(line).source));
    broken.assertExact();
  }

  @Test
  void saysOfEachBrokenFileWhatIsWrongAndKeepsItsBytes() throws Exception {
    ImageClassificationJob.main(new String[] {"--output.path=" + output});

    Map<String, DeadLetter> letters = new TreeMap<>();
    for (FinishedFiles.Line line : finished(output, "dead-letters").lines()) {
      letters.put(name(letter(line.text()).source), letter(line.text()));
    }
    Map<String, String> codes = new TreeMap<>();
    letters.forEach((name, letter) -> codes.put(name, letter.errorCode));
    assertThat(codes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "broken/corrupt.jpg", "image-corrupt",
                "broken/truncated.jpg", "image-truncated",
                "broken/empty.jpg", "image-empty",
                "broken/not-an-image.jpg", "image-format-unknown",
                "broken/too-large.jpg", "object-too-large",
                "broken/pixel-bomb.png", "image-too-many-pixels"));
    assertThat(letters.get("broken/corrupt.jpg").rawData)
        .isEqualTo(Files.readAllBytes(IMAGES.resolve("broken/corrupt.jpg")));
    assertThat(letters.get("broken/too-large.jpg").rawData).isNull();
  }

  @Test
  void classifiesTheSamplePicturesAndWritesTheReport() throws Exception {
    ImageClassificationJob.main(new String[] {"--output.path=" + output, "--result.top-k=3"});

    List<Classification> results = results(output);
    long right =
        results.stream().filter(each -> each.path.contains("/" + each.classes[0] + "/")).count();
    assertThat(right).isGreaterThan(results.size() * 95L / 100);
    assertThat(results)
        .allSatisfy(
            each -> {
              assertThat(each.classes).hasSize(3).doesNotHaveDuplicates();
              assertThat(each.probabilities[0]).isBetween(each.probabilities[1], 1f);
              assertThat(each.modelName).isEqualTo("resnet18-shapes");
              assertThat(each.modelSha256).matches("[0-9a-f]{64}");
            });
    assertThat(output.resolve("report.html")).content().contains("resnet18-shapes");
  }

  @Test
  void progressAndSummaryNameTheSameMeanBatch() throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ImageClassificationJob.main(new String[] {"--output.path=" + output, "--job.parallelism=1"});
    } finally {
      System.setOut(console);
    }

    String text = printed.toString(StandardCharsets.UTF_8);
    assertThat(last(text, "images a batch ([0-9.]+)"))
        .as(text)
        .isEqualTo(last(text, "mean batch ([0-9.]+)"));
  }

  private static String last(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void answersTheSameWhateverTheBatchSizeAndParallelism() throws Exception {
    Map<String, Classification> one = run("one", 1, 1);
    for (int[] other : new int[][] {{7, 2}, {16, 1}, {64, 1}}) {
      Map<String, Classification> many = run("batch-" + other[0], other[0], other[1]);

      assertThat(many.keySet()).isEqualTo(one.keySet());
      many.forEach(
          (path, result) -> {
            assertThat(result.classes[0]).isEqualTo(one.get(path).classes[0]);
            for (int i = 0; i < result.probabilities.length; i++) {
              assertThat(result.probabilities[i])
                  .isCloseTo(one.get(path).probabilities[i], within(1e-4f));
            }
          });
    }
  }

  private Map<String, Classification> run(String name, int batchSize, int parallelism)
      throws Exception {
    Path folder = output.resolve(name);
    ImageClassificationJob.main(
        new String[] {
          "--output.path=" + folder, "--batch.size=" + batchSize, "--job.parallelism=" + parallelism
        });
    return results(folder).stream()
        .collect(Collectors.toMap(each -> each.path, each -> each, (a, b) -> a, TreeMap::new));
  }

  /** Names below the folder of sample pictures. */
  private static List<String> files(boolean broken) throws IOException {
    try (Stream<Path> files = Files.walk(IMAGES)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getParent().endsWith("broken") == broken)
          .map(file -> name(file.toUri().toString()))
          .toList();
    }
  }

  private static String name(String path) {
    return path.substring(path.indexOf("/images/") + "/images/".length());
  }

  private static FinishedFiles finished(Path folder, String kind) throws IOException {
    return FinishedFiles.in(folder.resolve(kind));
  }

  private static List<Classification> results(Path folder) throws IOException {
    return finished(folder, "classifications").lines().stream()
        .map(line -> result(line.text()))
        .toList();
  }

  private static Classification result(String line) {
    try {
      return ClassificationJson.read(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DeadLetter letter(String line) {
    try {
      return DeadLetterJson.read(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
