package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import dev.sluice.common.config.OptionsTable;
import dev.sluice.common.environment.JobCommand;
import dev.sluice.local.LocalKinesis;
import dev.sluice.testing.JobGraphs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProduceTicksTest {
  @Test
  void isACommandThatTheLauncherKnows() throws Exception {
    String names =
        SqlAnalyticsJob.COMMANDS.stream().map(JobCommand::name).collect(Collectors.joining(" "));

    assertThat(Path.of("pom.xml"))
        .content()
        .contains("<sluice.commands>" + names + "</sluice.commands>");
  }

  @Test
  void readmeListsItsOptions() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    List<JobOption<?>> options =
        ProduceTicksOptions.ALL.stream()
            .filter(option -> option.key().startsWith("generator."))
            .collect(Collectors.toList());

    assertThat(
            OptionsTable.of(options)
                .differencesFrom(readme.substring(readme.indexOf("## Put ticks into a stream"))))
        .isEmpty();
  }

  @Test
  void hasAUidANameAndASerializableFormForEachOperator() {
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(strict);
    settings("ticks", "http://127.0.0.1:1", "--generator.rate=5").assemble(env);

    JobGraphs.assertSound(env);
    assertThat(JobGraphs.uids(env))
        .containsOnlyKeys("generate-ticks", "write-ticks", "fail-on-refusal");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--generator.drops=90 | 'generator.drops' must leave half an hour of the day",
        "--generator.day=30 min | 'generator.drops' must leave half an hour of the day",
        "--generator.drop-depth=851 | 'generator.drop-depth' must be between 1.0 and 850.0",
        "--generator.start=noon | 'generator.start' must be a time such as",
        "--generator.ticks=0 | 'generator.ticks' must be positive",
        "--generator.tikcers=3 | did you mean 'generator.tickers'?",
        "--kinesis-sink.stream=a b | 'kinesis-sink.stream' must be the name of a stream",
      })
  void tellsMistakes(String option, String message) {
    assertThatThrownBy(() -> settings("ticks", "http://127.0.0.1:1", option))
        .hasMessageContaining(message);
  }

  /** With options over those that say where the stream is. */
  static ProduceTicks settings(String stream, String endpoint, String... more) {
    List<String> args = new ArrayList<>();
    for (String option :
        List.of(
            "--kinesis-sink.stream=" + stream,
            "--kinesis-sink.region=us-east-1",
            "--kinesis-sink.endpoint=" + endpoint,
            "--kinesis-sink.access-key-id=" + LocalKinesis.ACCESS_KEY,
            "--kinesis-sink.secret-access-key=" + LocalKinesis.SECRET_KEY)) {
      if (List.of(more).stream().noneMatch(other -> other.startsWith(option.split("=", -1)[0]))) {
        args.add(option);
      }
    }
    args.addAll(List.of(more));
    return JobArguments.parse(
        args.toArray(String[]::new), ProduceTicksOptions.ALL, ProduceTicks::new);
  }
}
