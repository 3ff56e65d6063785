package dev.sluice.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.images.ImageClassificationOptions.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageClassificationSettingsTest {
  @TempDir Path folder;

  @Test
  void withoutAnOptionItIsTheSampleData() {
    ImageClassificationSettings settings = settings();

    assertThat(settings.inputs).singleElement().asString().endsWith("/sample-data/images/");
    assertThat(settings.model.url).endsWith("/sample-data/models/resnet18-shapes/");
    assertThat(settings.output).matches("file:.*/out/image-classification/[0-9-]+/?");
    assertThat(settings.maxObjectSize.getMebiBytes()).isEqualTo(1);
    assertThat(settings.inference.batchSize).isEqualTo(16);
    assertThat(settings.inference.batchBytes).isEqualTo(64L << 20);
    assertThat(settings.inference.batchMaxAge).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.inference.maxPixels).isEqualTo(100_000_000);
    assertThat(settings.inference.topK).isEqualTo(5);
    assertThat(settings.inference.maxPayloadBytes).isEqualTo(1 << 20);
    assertThat(settings.suffixes).contains(".jpg", ".png");
    assertThat(settings.discoveryInterval).isEmpty();
  }

  @Test
  void ownImagesMeanTheZoosResNet18AndTheLargeLimit() {
    ImageClassificationSettings settings = settings("--input.path=s3://b/photos");

    assertThat(settings.model.url).isEqualTo(Zoo.RESNET_18);
    assertThat(settings.maxObjectSize.getMebiBytes()).isEqualTo(50);
  }

  @Test
  void optionsWinOverDefaults() {
    ImageClassificationSettings settings =
        settings(
            "--input.path=s3://b/in,s3://c/in",
            "--output.path=s3://b/out",
            "--input.max-object-size=3 mb",
            "--input.discovery-interval=5 s",
            "--model.url=s3://b/model.zip",
            "--model.name=n",
            "--model.version=2",
            "--model.sha256=" + "0a".repeat(32),
            "--model.cache-directory=/cache",
            "--batch.size=8",
            "--result.top-k=1");

    assertThat(settings.inputs).containsExactly("s3://b/in", "s3://c/in");
    assertThat(settings.classifications().toString()).isEqualTo("s3://b/out/classifications");
    assertThat(settings.deadLetters().toString()).isEqualTo("s3://b/out/dead-letters");
    assertThat(settings.maxObjectSize.getMebiBytes()).isEqualTo(3);
    assertThat(settings.discoveryInterval).contains(Duration.ofSeconds(5));
    assertThat(settings.model.url).isEqualTo("s3://b/model.zip");
    assertThat(settings.model.name).isEqualTo("n");
    assertThat(settings.model.version).isEqualTo("2");
    assertThat(settings.model.sha256).startsWith("0a0a");
    assertThat(settings.modelCache).isEqualTo("/cache");
    assertThat(settings.inference.batchSize).isEqualTo(8);
    assertThat(settings.inference.topK).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "s3://b/in, s3://b/in",
    "s3://b/in, s3://b/in/out",
    "s3://b/in/, s3a://b/in/x/../y",
    "/data/in, file:/data/in/out",
    "'s3://c/in,s3://b/in', s3://b/in/out",
  })
  void refusesAnOutputUnderTheInput(String input, String output) {
    assertThatThrownBy(() -> settings("--input.path=" + input, "--output.path=" + output))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'output.path' must not lie under the input")
        .hasMessageContaining(output);
  }

  @ParameterizedTest
  @CsvSource({"s3://b/in, s3://b/in-out", "s3://b/in, s3://other/in/out"})
  void takesAnOutputBesideTheInput(String input, String output) {
    assertThat(settings("--input.path=" + input, "--output.path=" + output).output)
        .isEqualTo(output);
  }

  @ParameterizedTest
  @CsvSource({
    "batch.size, 0",
    "batch.size, 257",
    "batch.size, many",
    "batch.bytes, 0",
    "batch.max-age, 0 ms",
    "image.max-pixels, 0",
    "result.top-k, 0",
    "result.top-k, 1001",
    "model.sha256, ABC",
    "model.sha256, 0A",
    "input.max-object-size, 2 gb",
    "input.discovery-interval, 0 s",
    "input.discovery-window, -1 s",
    "dead-letter.max-payload, lots",
  })
  void refusesEachValueOutsideOfItsRangeNamingOptionAndValue(String option, String value) {
    assertThatThrownBy(() -> settings("--" + option + "=" + value))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("Option '" + option + "'")
        .hasMessageContaining(value);
  }

  @Test
  void reportsAllMistakesTogether() {
    assertThatThrownBy(
            () ->
                settings(
                    "--batch.size=0",
                    "--bacth.bytes=1",
                    "--input.path=s3://b/in",
                    "--output.path=s3://b/in/out"))
        .isInstanceOfSatisfying(
            InvalidOptionException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(3)
                    .anySatisfy(p -> assertThat(p.toString()).contains("'batch.size'"))
                    .anySatisfy(
                        p -> assertThat(p.toString()).contains("did you mean 'batch.bytes'?"))
                    .anySatisfy(p -> assertThat(p.toString()).contains("'output.path'")));
  }

  @Test
  void refusesAFolderThatHoldsResultsUnlessItMayAddToThem() throws Exception {
    Path result = folder.resolve("out/classifications/2026-11-23/classifications-0.jsonl");
    Files.createDirectories(result.getParent());
    Files.writeString(result, "{}\n");
    String in = "--input.path=" + Files.createDirectory(folder.resolve("in"));
    String out = "--output.path=" + folder.resolve("out");

    assertThatThrownBy(() -> look(in, out))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("Option 'output.path' must hold no results yet")
        .hasMessageContaining("classifications-0.jsonl'")
        .hasMessageContaining("--output.append=true");
    assertThatCode(() -> look(in, out, "--output.append=true")).doesNotThrowAnyException();
    assertThatCode(() -> look(in, out, "--flink.execution.state-recovery.path=file:/savepoint"))
        .doesNotThrowAnyException();
  }

  @Test
  void deadLettersOfAnotherRunAreResultsToo() throws Exception {
    Path letter = folder.resolve("out/dead-letters/2026-11-23/dead-letters-0.jsonl");
    Files.createDirectories(letter.getParent());
    Files.writeString(letter, "{}\n");

    assertThatThrownBy(() -> look("--output.path=" + folder.resolve("out")))
        .hasMessageContaining("dead-letters-0.jsonl'");
  }

  @Test
  void refusesAnInputOrAModelThatIsNotThereNamingBoth() {
    assertThatThrownBy(
            () -> look("--input.path=" + folder.resolve("a"), "--model.url=" + folder.resolve("m")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("Option 'input.path' must name what exists, and '" + folder)
        .hasMessageContaining("Option 'model.url' must name what exists, and '" + folder);
  }

  @Test
  void aFolderToBeMonitoredMayComeLater() {
    assertThatCode(
            () -> look("--input.path=" + folder.resolve("a"), "--input.discovery-interval=1 s"))
        .doesNotThrowAnyException();
  }

  private static void look(String... args) throws Exception {
    JobArguments arguments = JobArguments.parse(args, ImageClassificationOptions.ALL);
    new ImageClassificationSettings(arguments).folders(arguments).check();
  }

  private static ImageClassificationSettings settings(String... args) {
    return JobArguments.parse(
        args, ImageClassificationOptions.ALL, ImageClassificationSettings::new);
  }
}
