package dev.sluice.common.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import dev.sluice.testing.Await;
import dev.sluice.testing.CollectingSink;
import dev.sluice.testing.LocalS3;
import dev.sluice.testing.S3FileSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Over the real S3 plugin and a proxy that breaks what goes through it. */
@Timeout(180)
class FileObjectSourceS3IT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** Flink's default on a cluster with checkpoints: without end. */
  private static final String RESTARTS_FOR_EVER = "exponential-delay";

  private static LocalS3 s3;
  private static FaultProxy proxy;

  private final CollectingSink<FileObject> objects = CollectingSink.create();
  private final CollectingSink<DeadLetter> rejected = CollectingSink.create();
  private StreamExecutionEnvironment env;

  @BeforeAll
  static void start() throws Exception {
    s3 = LocalS3.start().createBucket("photos");
    proxy = FaultProxy.start(s3.endpoint(), 20261123L);
    S3FileSystem.initialize(LocalS3.flinkConfiguration(proxy.endpoint()));
  }

  @AfterAll
  static void stop() throws Exception {
    S3FileSystem.reset();
    proxy.close();
    s3.close();
  }

  @AfterEach
  void heal() {
    proxy.clear();
    objects.close();
    rejected.close();
  }

  @Test
  void readsEachObjectOnceThroughRefusalsAndCutBodies() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      expected.add(put("bounded/many/" + i + ".jpg", "content " + "x".repeat(500 + i)));
    }
    for (String name : List.of("a b.jpg", "ü/ß.jpg", "100%.jpg", "%20.jpg", "+&#.jpg")) {
      expected.add(put("bounded/" + name, "content of " + name));
    }
    expected.add(put("bounded/empty.jpg", ""));
    put("bounded/too large.jpg", "x".repeat(2001));
    put("bounded/_hidden.jpg", "x");
    proxy.add(FaultRule.of(FaultAction.slowDown(), "GetObject", "ListObjects").share(0.3));
    proxy.add(FaultRule.of(FaultAction.cutAtShare(0.5), "GetObject").share(0.2));

    build(env(), source("bounded"));
    env.execute();

    assertThat(lines(objects.finished())).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(rejected.finished())
        .singleElement()
        .satisfies(
            letter -> assertThat(letter.source).isEqualTo("s3://photos/bounded/too large.jpg"));
    assertThat(proxy.decisions()).hasSizeGreaterThan(10);
  }

  @Test
  void monitorsAPrefixThatDoesNotExistYet() throws Exception {
    build(env(), source("later").monitor(Duration.ofMillis(200), Duration.ofHours(1)));
    JobClient job = env.executeAsync();
    Await.until("a listing", LIMIT, () -> proxy.requests("ListObjects") > 0);

    String first = put("later/a.jpg", "a");
    objects.awaitFinished(1, LIMIT);
    String second = put("later/deep/b.jpg", "b");
    objects.awaitFinished(2, LIMIT);
    job.cancel().get();

    assertThat(lines(objects.finished())).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void aMissingBucketFailsTheJobAndSaysWhatToCheck() {
    FileObjectSourceBuilder source =
        FileObjectSource.builder(List.of(new Path("s3://no-such-bucket/in")))
            .monitor(Duration.ofMillis(200), Duration.ofHours(1));
    build(env(RESTARTS_FOR_EVER), source);

    assertThatThrownBy(env::execute)
        .hasStackTraceContaining("Cannot list input [s3://no-such-bucket/in]: 1 attempt(s)")
        .hasStackTraceContaining("Check the name of the bucket");
  }

  @Test
  void forbiddenListingFailsTheJobAndSaysWhatToAllow() {
    put("forbidden/a.jpg", "a");
    proxy.add(FaultRule.of(FaultAction.accessDenied(), "ListObjects", "HeadObject"));
    build(env(RESTARTS_FOR_EVER), source("forbidden"));

    assertThatThrownBy(env::execute)
        .hasStackTraceContaining("Cannot list input [s3://photos/forbidden]: 1 attempt(s)")
        .hasStackTraceContaining("Allow s3:ListBucket");
  }

  @Test
  void forbiddenObjectsFailTheJobDespiteARestartStrategyAndSayWhatToAllow() {
    put("secret/a.jpg", "a");
    proxy.add(FaultRule.of(FaultAction.accessDenied(), "GetObject"));
    build(env(RESTARTS_FOR_EVER), source("secret"));

    assertThatThrownBy(env::execute)
        .hasStackTraceContaining("Cannot read object 's3://photos/secret/a.jpg' of 1 bytes")
        .hasStackTraceContaining("allow s3:GetObject");
  }

  @Test
  void readsNamesWithColonsAndBackslashes() throws Exception {
    List<String> expected = new ArrayList<>();
    for (String name : List.of("12:30.jpg", "a:b/c.jpg", "back\\slash.jpg")) {
      expected.add(put("odd/" + name, "content of " + name));
    }

    build(env(), source("odd"));
    env.execute();

    assertThat(lines(objects.finished())).containsExactlyInAnyOrderElementsOf(expected);
  }

  private StreamExecutionEnvironment env() {
    return env("none");
  }

  private StreamExecutionEnvironment env(String restartStrategy) {
    Configuration config = new Configuration();
    config.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    config.set(PipelineOptions.GENERIC_TYPES, false);
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    config.set(RestartStrategyOptions.RESTART_STRATEGY, restartStrategy);
    env = StreamExecutionEnvironment.getExecutionEnvironment(config);
    env.setParallelism(2);
    return env;
  }

  private static FileObjectSourceBuilder source(String prefix) {
    return FileObjectSource.builder(List.of(new Path("s3://photos/" + prefix)))
        .maxObjectBytes(2000);
  }

  private void build(StreamExecutionEnvironment env, FileObjectSourceBuilder source) {
    SingleOutputStreamOperator<FileObject> stream =
        FileObjectStream.from(env, source.build(), "objects", "reject");
    stream.getSideOutput(SplitRejectedObjects.REJECTED).sinkTo(rejected).uid("rejected");
    stream.sinkTo(objects).uid("collect");
  }

  private static String put(String key, String content) {
    s3.put("photos", key, content.getBytes(UTF_8));
    return "s3://photos/" + key + " " + content;
  }

  private static List<String> lines(List<FileObject> read) {
    return read.stream()
        .map(object -> object.path + " " + new String(object.bytes, UTF_8))
        .toList();
  }
}
