package dev.sluice.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassificationJsonTest {
  private static final String LINE =
      "{\"path\":\"s3://b/1.jpg\",\"size\":7311,\"modificationTime\":1767225600000,"
          + "\"model\":{\"name\":\"m\",\"version\":\"\",\"sha256\":\"ab\"},"
          + "\"top\":[{\"class\":\"tabby\",\"probability\":0.91},"
          + "{\"class\":\"lynx\",\"probability\":0.04}],"
          + "\"decodeMillis\":2.9,\"inferenceMillis\":61.235,\"batchSize\":16,"
          + "\"timestamp\":1767225612345}";

  @Test
  void writesItsFieldsInOneOrder() throws Exception {
    Classification result = read(LINE);
    result.inferenceMillis = 61.234_567;

    assertThat(result.classes).containsExactly("tabby", "lynx");
    assertThat(result.probabilities).containsExactly(0.91f, 0.04f);
    assertThat(new String(ClassificationJson.write(result), StandardCharsets.UTF_8))
        .isEqualTo(LINE);
  }

  @Property(tries = 500)
  void readsWhatItWrote(@ForAll("classifications") Classification result) throws Exception {
    byte[] line = ClassificationJson.write(result);

    assertThat(ClassificationJson.read(line)).isEqualTo(result);
    for (byte each : line) {
      assertThat(each).as("one line in ASCII").isGreaterThanOrEqualTo((byte) ' ');
    }
  }

  @Provide
  Arbitrary<Classification> classifications() {
    Arbitrary<String> texts = Arbitraries.strings().all().ofMaxLength(20);
    Arbitrary<Float> shares = Arbitraries.floats().between(0, 1);
    return Combinators.combine(
            texts.list().ofSize(4),
            texts.list().ofMinSize(5).ofMaxSize(5),
            shares.list().ofSize(5),
            Arbitraries.longs().list().ofSize(3),
            Arbitraries.integers().between(0, 10_000_000),
            Arbitraries.integers().between(0, 5))
        .as(ClassificationJsonTest::of);
  }

  private static Classification of(
      List<String> texts,
      List<String> classes,
      List<Float> shares,
      List<Long> numbers,
      int micros,
      int top) {
    Classification result = new Classification();
    result.path = texts.get(0);
    result.modelName = texts.get(1);
    result.modelVersion = texts.get(2);
    result.modelSha256 = texts.get(3);
    result.size = numbers.get(0);
    result.modificationTime = numbers.get(1);
    result.timestamp = numbers.get(2);
    result.classes = classes.subList(0, top).toArray(String[]::new);
    result.probabilities = new float[top];
    for (int i = 0; i < top; i++) {
      result.probabilities[i] = shares.get(i);
    }
    result.decodeMillis = micros / 1_000.0;
    result.inferenceMillis = (micros + 1) / 1_000.0;
    result.batchSize = micros % 256;
    return result;
  }

  @Test
  void refusesEveryLineThatIsCut() {
    for (int length = 0; length < LINE.length(); length++) {
      String cut = LINE.substring(0, length);

      assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path",
        "size",
        "modificationTime",
        "model",
        "name",
        "version",
        "sha256",
        "top",
        "class",
        "probability",
        "decodeMillis",
        "inferenceMillis",
        "batchSize",
        "timestamp"
      })
  void refusesALineWithoutAField(String field) {
    assertThatThrownBy(() -> read(LINE.replace("\"" + field + "\":", "\"x\":")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(field);
  }

  @Test
  void refusesFieldsOfAnotherTypeAndTextBehindTheEnd() {
    assertRefused(LINE.replace("\"s3://b/1.jpg\"", "5"), "'path' must be text");
    assertRefused(LINE.replace("7311", "\"7311\""), "'size' must be a number");
    assertRefused(LINE.replace("0.91", "null"), "'probability' must be a number");
    assertRefused(
        LINE.replace("{\"name\":\"m\",\"version\":\"\",\"sha256\":\"ab\"}", "1"), "no fields");
    assertRefused(LINE + LINE, "");
    assertRefused("[]", "no fields");
    assertRefused("null", "no fields");
    assertRefused(LINE.replaceAll("\\[.*]", "5"), "'top' must be a list");
  }

  private static void assertRefused(String line, String why) {
    assertThatThrownBy(() -> read(line)).isInstanceOf(IOException.class).hasMessageContaining(why);
  }

  private static Classification read(String line) throws IOException {
    return ClassificationJson.read(line.getBytes(StandardCharsets.UTF_8));
  }
}
