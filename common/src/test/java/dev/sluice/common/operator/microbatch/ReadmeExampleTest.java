package dev.sluice.common.operator.microbatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.deadletter.DeadLetter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * What the repository's README shows of micro-batches compiles, runs, and is the same here and
 * there.
 */
class ReadmeExampleTest {
  private static final Path EXAMPLE =
      Path.of("src/test/java/dev/sluice/common/operator/microbatch/ScoreFunction.java");

  @Test
  void theFunctionScoresAndRejects() throws Exception {
    MicroBatch.Builder<String, Double> builder =
        MicroBatch.of(new ScoreFunction(), BatchLimits.of(16, Duration.ofMillis(100)));
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(new MicroBatchOperator<>(builder, "score"))) {
      harness.open();
      harness.processElement("two words", 0L);
      harness.processElement(" ", 0L);
      harness.endInput();

      assertThat(harness.extractOutputValues()).containsExactly(0.02);
      assertThat(harness.getSideOutput(MicroBatch.REJECTED))
          .extracting(StreamRecord::getValue)
          .extracting(letter -> letter.errorCode)
          .containsExactly("text-empty");
    }
  }

  @Test
  void theReadmeShowsThatFunction() throws Exception {
    String source = Files.readString(EXAMPLE);

    assertThat(readme()).contains(source.substring(source.indexOf("public final class")));
  }

  @Test
  void theReadmeShowsHowThisStepIsAdded() throws Exception {
    String source =
        Files.readString(
            Path.of("src/test/java", getClass().getName().replace('.', '/') + ".java"));
    List<String> step =
        source
            .lines()
            .dropWhile(line -> !line.strip().equals("// README"))
            .skip(1)
            .takeWhile(line -> !line.strip().equals("// end"))
            .map(String::strip)
            .toList();

    assertThat(step).isNotEmpty();
    assertThat(readme().lines().map(String::strip).toList()).containsSequence(step);
    assertThat(add(StreamExecutionEnvironment.getExecutionEnvironment().fromData("a"))).isNotNull();
  }

  private static DataStream<DeadLetter> add(DataStream<String> texts) {
    // README
    SingleOutputStreamOperator<Double> scores =
        MicroBatch.of(new ScoreFunction(), BatchLimits.of(16, Duration.ofMillis(100)))
            .describedBy((text, letter) -> letter.from(text, text.length()))
            .on(texts, Types.DOUBLE, "score");
    DataStream<DeadLetter> rejected = scores.getSideOutput(MicroBatch.REJECTED);
    // end
    return rejected;
  }

  private static String readme() throws Exception {
    return Files.readString(Path.of("..", "README.md"));
  }
}
