package dev.sluice.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.JobGraphs;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class TickerPricesGraphTest {
  @Test
  void hasAUidANameAndASerializableFormForEachOperator() {
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(strict);
    TickerPricesJob.assemble(env, TickerPricesSettingsTest.settings());

    JobGraphs.assertSound(env);
    // A savepoint knows the operators by these. Never change one.
    assertThat(JobGraphs.uids(env))
        .containsOnlyKeys(
            "read-stream",
            "read-ticks",
            "write-prices",
            "write-dead-letters",
            "Sink Committer: write-dead-letters");
  }

  @Test
  void streamsTypesThatNeverMeetKryo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(StreamRecord.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(Price.class);
  }
}
