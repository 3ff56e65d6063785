package dev.sluice.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ClassificationJsonTest {
  @Property(tries = 300)
  void readsWhatItWrote(
      @ForAll @CharRange(from = 0, to = 0xD7FF) @StringLength(max = 30) String path,
      @ForAll @Size(max = 5) List<@FloatRange(max = 1) Float> probabilities,
      @ForAll long size,
      @ForAll long timestamp)
      throws IOException {
    Classification result = new Classification();
    result.path = path;
    result.size = size;
    result.modificationTime = timestamp - 1;
    result.modelName = "resnet18";
    result.modelVersion = "0.0.1";
    result.modelSha256 = "578a";
    result.classes = new String[probabilities.size()];
    result.probabilities = new float[probabilities.size()];
    for (int i = 0; i < probabilities.size(); i++) {
      result.classes[i] = "class \"" + i + "\"";
      result.probabilities[i] = probabilities.get(i);
    }
    result.decodeMillis = 2.875;
    result.inferenceMillis = 61.25;
    result.batchSize = 16;
    result.timestamp = timestamp;

    byte[] line = ClassificationJson.write(result);

    assertThat(ClassificationJson.read(line)).isEqualTo(result);
    assertThat(line).doesNotContain('\n', '\r');
  }

  @Test
  void hasTheDocumentedFieldsInTheirOrder() throws IOException {
    Classification result = new Classification();
    result.path = "s3://bucket/cats/2.jpg";
    result.classes = new String[] {"tabby"};
    result.probabilities = new float[] {0.5f};
    result.inferenceMillis = 1.23456;

    assertThat(new String(ClassificationJson.write(result), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"path\":\"s3://bucket/cats/2.jpg\",\"size\":0,\"modificationTime\":0,"
                + "\"model\":{\"name\":\"\",\"version\":\"\",\"sha256\":\"\"},"
                + "\"top\":[{\"class\":\"tabby\",\"probability\":0.5}],"
                + "\"decodeMillis\":0.0,\"inferenceMillis\":1.235,\"batchSize\":0,\"timestamp\":0}");
  }

  @Test
  void refusesALineThatIsNotWhole() throws IOException {
    byte[] line = ClassificationJson.write(new Classification());

    assertThatThrownBy(() -> ClassificationJson.read(Arrays.copyOf(line, 40)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> ClassificationJson.read("{\"path\":\"a\"}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("size");
  }
}
