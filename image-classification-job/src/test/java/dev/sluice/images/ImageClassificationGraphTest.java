package dev.sluice.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.source.file.FileObject;
import dev.sluice.testing.JobGraphs;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class ImageClassificationGraphTest {
  @Test
  void hasAUidANameAndASerializableFormForEachOperator() {
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(strict);

    ImageClassificationJob.assemble(
        env,
        JobArguments.parse(
            new String[] {"--input.path=file:/photos/in", "--output.path=file:/results"},
            ImageClassificationOptions.ALL,
            ImageClassificationSettings::new));

    JobGraphs.assertSound(env);
    // A savepoint knows the operators by these. Never change one.
    assertThat(JobGraphs.uids(env))
        .containsOnlyKeys(
            "read-images",
            "split-rejected-images",
            "classify-images",
            "Sink Committer: write-classifications",
            "Sink Committer: write-dead-letters",
            "write-classifications",
            "write-dead-letters");
  }

  @Test
  void streamsTypesThatNeverMeetKryo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(FileObject.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(Classification.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(DeadLetter.class);
  }
}
