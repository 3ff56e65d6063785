package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.JobGraphs;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With each kind of connector every operator has a uid, and the job can be sent to a cluster. */
class ConnectorGraphTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--input.type=generated --output.type=print",
        "--input.type=files --input.path=/in --output.type=files --output.path=/out",
        "--input.type=kinesis --output.type=kinesis --kinesis.stream-prefix=test-"
      })
  void makesAJobThatCanBeSent(String options) throws Exception {
    assertThat(JobGraphs.uids(graph(options))).isNotEmpty();
    JobGraphs.assertSound(graph(options));
  }

  @ParameterizedTest
  @ValueSource(strings = "--input.type=generated --output.type=print")
  void keepsUidsWhateverWasPlannedBefore(String options) throws Exception {
    Map<String, String> first = JobGraphs.uids(graph(options));

    assertThat(JobGraphs.uids(graph(options))).isEqualTo(first);
    assertThat(first.keySet()).contains("1_generate").allMatch(uid -> uid.matches("\\d+_.*"));
  }

  private static StreamExecutionEnvironment graph(String options) throws Exception {
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    Stream<String> all =
        Stream.concat(
            Stream.of(
                "--script.path=classpath:sql/trade_alarm.sql,classpath:sql/late_ticks.sql,"
                    + "classpath:sql/drop_alert_fast.sql"),
            Stream.of(options.split(" ", -1)));
    SqlRun.rehearse(Job.settings(all.toArray(String[]::new))).addTo(env);
    return env;
  }
}
