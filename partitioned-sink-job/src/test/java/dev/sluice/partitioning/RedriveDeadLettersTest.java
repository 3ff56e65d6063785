package dev.sluice.partitioning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.source.file.FileObject;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

class RedriveDeadLettersTest {
  private static final String FIREHOSES =
      "{\"attemptsMade\":1,\"arrivalTimestamp\":1630442383000,\"errorCode\":"
          + "\"DynamicPartitioning.MetadataExtractionFailed\",\"errorMessage\":\"no\","
          + "\"attemptEndingTimestamp\":1630442383001,\"rawData\":\"eyJhIjoxfQ==\","
          + "\"lambdaArn\":null}";

  @Test
  void recordsComeWithTheirOwnArrivalAndTheRestIsADeadLetterAgain() throws Exception {
    try (var harness = ProcessFunctionTestHarnesses.forProcessFunction(new RedriveDeadLetters())) {
      String object =
          FIREHOSES
              + "\nno JSON\n{\"errorCode\":\"x\"}\n{\"a\":1}\n"
              + FIREHOSES.replace("eyJhIjoxfQ==", "eyJhIjoyfQ==");

      harness.processElement(object(object), 0L);

      assertThat(harness.extractOutputValues())
          .extracting(record -> new String(record.data, UTF_8))
          .containsExactly("{\"a\":1}", "{\"a\":2}");
      assertThat(harness.extractOutputValues())
          .extracting(record -> record.arrivalTimestamp)
          .containsOnly(1_630_442_383_000L);
      assertThat(harness.getSideOutput(RedriveDeadLetters.REJECTED))
          .extracting(element -> element.getValue())
          .extracting(letter -> new String(letter.rawData, UTF_8))
          .containsExactly("no JSON", "{\"errorCode\":\"x\"}", "{\"a\":1}");
      assertThat(harness.getSideOutput(RedriveDeadLetters.REJECTED))
          .allSatisfy(
              element -> {
                assertThat(element.getValue().errorCode).isEqualTo("redrive-failed");
                assertThat(element.getValue().errorMessage).doesNotContain("no JSON");
              });
    }
  }

  private static FileObject object(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new FileObject("s3://lake/errors/1", bytes, 7L);
  }
}
