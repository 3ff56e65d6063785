package dev.sluice.partitioning.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import dev.sluice.testing.Await;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.Ledger;
import dev.sluice.testing.LocalS3;
import dev.sluice.testing.ManualSource;
import dev.sluice.testing.S3FileSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Over the real S3 plugin and a proxy that breaks what goes through it. */
@Timeout(180)
class PartitionedSinkS3IT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String BUCKET = "objects";

  private static LocalS3 s3;
  private static FaultProxy proxy;

  private final List<String> rows = new ArrayList<>();
  private final ManualSource<PartitionedRecord> source =
      ManualSource.unbounded(TypeInformation.of(PartitionedRecord.class));
  private String folder = "";

  @BeforeAll
  static void start() throws Exception {
    s3 = LocalS3.start().createBucket(BUCKET);
    proxy = FaultProxy.start(s3.endpoint(), 7);
    Configuration configuration = LocalS3.flinkConfiguration(proxy.endpoint());
    configuration.setString("fs.s3a.retry.interval", "10ms");
    configuration.setString("fs.s3a.retry.throttle.interval", "10ms");
    configuration.setString("fs.s3a.connection.timeout", "3000");
    configuration.setString("fs.s3a.attempts.maximum", "2");
    configuration.setString("fs.s3a.retry.limit", "2");
    configuration.setString("fs.s3a.connection.maximum", "64");
    S3FileSystem.initialize(configuration);
  }

  @AfterAll
  static void stop() throws Exception {
    S3FileSystem.reset();
    proxy.close();
    s3.close();
  }

  @BeforeEach
  void nameFolder(TestInfo test) {
    folder = test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void clear() {
    proxy.clear();
    source.close();
  }

  @Test
  void survivesThrottlingOfAThirdOfTheRequests() throws Exception {
    Fault slow = proxy.add(FaultRule.of(FaultAction.slowDown()).share(0.3));
    JobClient job = start(builder -> builder.buffers(BufferRules.ofBytes(2048).records(20)));
    for (int round = 0; round < 3; round++) {
      emit(300, 15);
      source.awaitCheckpointed(LIMIT);
    }
    end(job);

    assertThat(slow.fired()).isGreaterThan(20);
    assertExact();
  }

  @Test
  void aCommitThatLandsAfterTheRestartDoublesNothing() throws Exception {
    Fault late =
        proxy.add(FaultRule.of(FaultAction.holdRequest(), "CompleteMultipartUpload").atMost(1));
    Fault down =
        proxy.add(
            FaultRule.of(FaultAction.internalError(), "CompleteMultipartUpload", "HeadObject"));
    JobClient job = start(builder -> builder.buffers(BufferRules.ofBytes(4096).records(20)));
    emit(100, 4);
    late.awaitHeld(1, LIMIT);
    down.awaitFired(30, LIMIT); // the job fails and restarts meanwhile
    down.disable();
    Await.until("a commit after the restart", LIMIT, () -> files().files().size() >= 4);
    emit(100, 4);
    source.awaitCheckpointed(LIMIT);

    late.release();
    late.awaitLanded(1, LIMIT);
    end(job);

    assertExact();
  }

  @Test
  void commitsWhoseAnswersAreLostAreMadeOnce() throws Exception {
    Fault lost =
        proxy.add(
            FaultRule.of(FaultAction.forwardThenFail(), "CompleteMultipartUpload").share(0.7));
    JobClient job = start(builder -> builder.buffers(BufferRules.ofBytes(2048).records(20)));
    emit(400, 10);
    source.awaitCheckpointed(LIMIT);
    emit(400, 10);
    end(job);

    assertThat(lost.fired()).isGreaterThan(5);
    assertExact();
  }

  @Test
  void checkpointsGoOnWhileUploadsAreHeld() throws Exception {
    Fault held = proxy.add(FaultRule.of(FaultAction.delay(Duration.ofSeconds(2)), "UploadPart"));
    JobClient job = start(builder -> builder.buffers(BufferRules.ofBytes(1 << 20).records(10)));
    emit(10, 1);
    held.awaitFired(1, LIMIT);
    long start = System.nanoTime();
    emit(5, 5);
    source.awaitCheckpointed(LIMIT);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    List<String> visible = files().files();
    held.disable();
    end(job);

    assertThat(took).isLessThan(Duration.ofMillis(1900));
    assertThat(visible).isEmpty();
    assertExact();
  }

  @Test
  void aSlowDestinationHoldsTheStreamBackAndNoCheckpointExpires() throws Exception {
    Fault slow =
        proxy.add(
            FaultRule.of(
                FaultAction.delay(Duration.ofMillis(400)),
                "UploadPart",
                "CompleteMultipartUpload"));
    Configuration config = SinkJobs.checkpoints();
    config.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(30));
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    JobClient job =
        start(
            config,
            builder ->
                builder.buffers(BufferRules.ofBytes(16_384)).memory(256 << 10).uploadThreads(4));
    for (int i = 0; i < 60; i++) { // eight times the memory
      emit(100, 5, "x".repeat(350));
    }
    source.awaitCheckpointed(LIMIT);
    end(job);

    assertThat(slow.fired()).isGreaterThan(100);
    assertExact();
  }

  @Test
  void aFailureBetweenCheckpointsLosesNothing() throws Exception {
    SinkJobs.FAILURES.set(0);
    JobClient job = start(builder -> builder.buffers(BufferRules.ofBytes(3000).records(50)));
    for (int round = 0; round < 3; round++) {
      emit(500, 7);
      source.awaitCheckpointed(LIMIT);
      emit(300, 5);
      SinkJobs.FAILURES.incrementAndGet();
      source.emit(new PartitionedRecord(SinkJobs.POISON, new byte[0], 0L, false));
    }
    end(job);

    assertThat(SinkJobs.FAILURES.get()).isZero();
    assertExact();
  }

  @Test
  void aLargeObjectIsUploadedInPartsWithoutTemporaryObjects() throws Exception {
    JobClient job =
        start(builder -> builder.buffers(BufferRules.ofBytes(1L << 30)).memory(64 << 20));
    for (int i = 0; i < 900; i++) {
      rows.add(i + "x".repeat(100_000));
      source.emit(new PartitionedRecord("hot/", rows.get(i).getBytes(UTF_8), 1L, false));
    }
    end(job);

    assertExact();
    assertThat(s3.list(BUCKET, folder)).hasSize(1);
    assertThat(proxy.requests("UploadPart")).isGreaterThan(4);
  }

  @Test
  void refusedAccessFailsTheJobWithAnErrorThatSaysSo() throws Exception {
    Configuration config = SinkJobs.checkpoints();
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    proxy.add(FaultRule.of(FaultAction.accessDenied(), "CompleteMultipartUpload"));
    JobClient job = start(config, builder -> builder.buffers(BufferRules.ofBytes(1024).records(1)));
    emit(3, 3);

    assertThatThrownBy(() -> job.getJobExecutionResult().get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .hasStackTraceContaining("Cannot commit object 's3://objects/" + folder)
        .hasStackTraceContaining("the job needs s3:PutObject");
  }

  private JobClient start(UnaryOperator<PartitionedSinkBuilder> how) throws Exception {
    return start(SinkJobs.checkpoints(), how);
  }

  private JobClient start(Configuration config, UnaryOperator<PartitionedSinkBuilder> how)
      throws Exception {
    StreamExecutionEnvironment env = SinkJobs.env(1, config);
    SinkJobs.build(
        env,
        source,
        new Path("s3://" + BUCKET + "/" + folder),
        builder -> how.apply(builder.attempts(2, Duration.ofMillis(20))));
    return env.executeAsync();
  }

  private void emit(int count, int partitions) {
    emit(count, partitions, "");
  }

  private void emit(int count, int partitions, String more) {
    for (int i = 0; i < count; i++) {
      String row = "row " + rows.size() + more;
      rows.add(row);
      source.emit(
          new PartitionedRecord("p=" + i % partitions + "/", row.getBytes(UTF_8), 1L, false));
    }
  }

  private void end(JobClient job) throws Exception {
    source.end();
    job.getJobExecutionResult().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private FinishedFiles files() throws Exception {
    return FinishedFiles.in(new Path("s3://" + BUCKET + "/" + folder));
  }

  /** Reads past the proxy's faults. */
  private void assertExact() throws Exception {
    proxy.clear();
    Ledger.of(rows).record(files(), line -> line).assertExact();
  }
}
