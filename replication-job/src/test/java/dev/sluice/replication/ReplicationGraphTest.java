package dev.sluice.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.JobArguments;
import dev.sluice.testing.JobGraphs;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class ReplicationGraphTest {
  @Test
  void hasAUidANameAndASerializableFormForEachOperator() {
    StreamExecutionEnvironment env = environment("--replication.heartbeat-interval=1 s");

    JobGraphs.assertSound(env);
    // A savepoint knows the operators by these. Never change one.
    assertThat(JobGraphs.uids(env))
        .containsOnlyKeys(
            "read-source",
            "guard-retention",
            "take-aggregates-apart",
            "write-target",
            "track-positions",
            "write-dead-letters",
            "Sink Committer: write-dead-letters",
            "generate-heartbeats",
            "write-heartbeats");
  }

  @Test
  void readsInOneSubtaskWhereOrderNeedsIt() {
    assertThat(parallelism("--job.parallelism=4", "--replication.shard-order=parents-first"))
        .containsEntry("read-source", 1)
        .containsEntry("take-aggregates-apart", 1)
        .containsEntry("track-positions", 1)
        .containsEntry("write-target", 4);
    assertThat(parallelism("--job.parallelism=4", "--replication.shard-order=as-found"))
        .containsEntry("read-source", 4)
        .containsEntry("take-aggregates-apart", 4)
        .containsEntry("track-positions", 1);
  }

  @Test
  void streamsTypesThatNeverMeetKryo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(ReplicatedRecord.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(Replicated.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(TrackedPosition.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(ReadPosition.class);
  }

  private static java.util.Map<String, Integer> parallelism(String... args) {
    java.util.Map<String, Integer> found = new java.util.HashMap<>();
    environment(args)
        .getStreamGraph(false)
        .getStreamNodes()
        .forEach(node -> found.put(node.getTransformationUID(), node.getParallelism()));
    return found;
  }

  private static StreamExecutionEnvironment environment(String... more) {
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(strict);
    env.setParallelism(4);
    List<String> args = new ArrayList<>(ReplicationSettingsTest.LEAST);
    args.addAll(List.of(more));
    ReplicationJob.assemble(
        env,
        JobArguments.parse(
            args.toArray(String[]::new), ReplicationOptions.ALL, ReplicationSettings::new));
    return env;
  }
}
