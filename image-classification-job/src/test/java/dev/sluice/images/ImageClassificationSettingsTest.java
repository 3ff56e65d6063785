package dev.sluice.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageClassificationSettingsTest {
  @Test
  void readsTheSampleImagesWithTheSampleModelWhenNothingIsSaid() {
    ImageClassificationSettings settings = settings();

    assertThat(settings.inputs).singleElement().asString().endsWith("sample-data/images/");
    assertThat(settings.model.url).contains("resnet18-shapes");
    assertThat(settings.maxObjectSize.getMebiBytes()).isEqualTo(1);
    assertThat(settings.output).contains("/out/image-classification/");
  }

  @Test
  void takesThePinnedModelOfTheZooForOtherImages() {
    ImageClassificationSettings settings =
        settings("--input.path=s3://photos/in", "--output.path=s3://results");

    assertThat(settings.model.url).isEqualTo("djl://ai.djl.pytorch/resnet/0.0.1/traced_resnet18");
    assertThat(settings.maxObjectSize.getMebiBytes()).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({
    "s3://bucket/in, s3://bucket/in/out",
    "s3://bucket/in/, s3a://bucket/in",
    "s3://bucket/in, s3://bucket/other/../in/out",
    "/data/in, file:///data/in/out",
  })
  void refusesAnOutputUnderTheInput(String input, String output) {
    assertThatThrownBy(() -> settings("--input.path=" + input, "--output.path=" + output))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("Option 'output.path' must not lie under the input '" + input + "'");
  }

  @ParameterizedTest
  @CsvSource({"s3://bucket/in, s3://bucket/in-results", "s3://bucket/in, s3://other/in/out"})
  void takesAnOutputBesideTheInput(String input, String output) {
    assertThat(settings("--input.path=" + input, "--output.path=" + output).output)
        .isEqualTo(output);
  }

  @Test
  void reportsAllMistakesTogether() {
    assertThatThrownBy(
            () ->
                settings(
                    "--batch.size=0",
                    "--bach.bytes=1 mb",
                    "--model.sha256=xyz",
                    "--input.path=/data/in",
                    "--output.path=/data/in"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("Option 'batch.size' must be between 1 and 256, but was '0'")
        .hasMessageContaining("did you mean 'batch.bytes'?")
        .hasMessageContaining("Option 'model.sha256' must be 64 hexadecimal digits")
        .hasMessageContaining("Option 'output.path' must not lie under the input");
  }

  private static ImageClassificationSettings settings(String... args) {
    return JobArguments.parse(
        args, ImageClassificationOptions.ALL, ImageClassificationSettings::new);
  }
}
