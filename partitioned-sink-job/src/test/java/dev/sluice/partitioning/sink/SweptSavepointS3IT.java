package dev.sluice.partitioning.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import dev.sluice.partitioning.sweep.OpenUpload;
import dev.sluice.partitioning.sweep.OpenUploads;
import dev.sluice.testing.Await;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.Ledger;
import dev.sluice.testing.LocalS3;
import dev.sluice.testing.ManualSource;
import dev.sluice.testing.S3FileSystem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A large object whose first parts are uploaded when the job stops, and the clean-up meanwhile. */
@Timeout(180)
class SweptSavepointS3IT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String BUCKET = "objects";
  private static final Path ROOT = new Path("s3://" + BUCKET + "/lake");

  @TempDir java.nio.file.Path savepoints;

  private final List<String> rows = new ArrayList<>();
  private final ManualSource<PartitionedRecord> source =
      ManualSource.unbounded(TypeInformation.of(PartitionedRecord.class));
  private final Configuration config = SinkJobs.checkpoints();
  private LocalS3 s3;
  private FaultProxy proxy;
  private OpenUploads uploads;

  @BeforeEach
  void start() throws Exception {
    s3 = LocalS3.start().createBucket(BUCKET);
    proxy = FaultProxy.start(s3.endpoint(), 7);
    Configuration files = LocalS3.flinkConfiguration(proxy.endpoint());
    files.setString("fs.s3a.retry.interval", "10ms");
    files.setString("fs.s3a.retry.limit", "2");
    S3FileSystem.initialize(files);
    uploads =
        OpenUploads.below(
            ROOT,
            s3.flinkConfiguration(),
            new DefaultPluginManager(
                new DirectoryBasedPluginFinder(java.nio.file.Path.of("target/plugins"))
                    .findPlugins(),
                CoreOptions.getPluginParentFirstLoaderPatterns(new Configuration())));
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
  }

  @AfterEach
  void stop() throws Exception {
    source.close();
    S3FileSystem.reset();
    proxy.close();
    s3.close();
  }

  @Test
  void aSweepThatIsOldEnoughLeavesTheSavepointWhatItNeedsAndNoOrphan() throws Exception {
    ROOT.getFileSystem().createRecoverableWriter().open(new Path(ROOT, "orphan")).close();
    Instant orphan = uploads.list().get(0).begun();
    Await.until("the next second", LIMIT, () -> Instant.now().isAfter(orphan.plusSeconds(2)));
    stopInMidObject();
    assertThat(uploads.list()).hasSize(2);

    abortOlderThan(orphan.plusSeconds(1));
    goOn().getJobExecutionResult().get(LIMIT.toSeconds(), TimeUnit.SECONDS);

    Ledger.of(rows).record(FinishedFiles.in(ROOT), line -> line).assertExact();
    assertThat(s3.openMultipartUploads(BUCKET)).isZero();
  }

  @Test
  void aSweepThatIsNotFailsTheJobWithAnErrorThatSaysSoAndLosesNothingSilently() throws Exception {
    stopInMidObject();

    abortOlderThan(Instant.MAX);
    // As Amazon S3 answers; the local server takes the part, and refuses the commit.
    proxy.add(FaultRule.of(FaultAction.answer(404, "NoSuchUpload"), "UploadPart"));
    JobClient job = goOn();

    assertThatThrownBy(() -> job.getJobExecutionResult().get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .hasStackTraceContaining("goes on with is gone: a lifecycle rule or a sweep aborted it");
  }

  private void stopInMidObject() throws Exception {
    JobClient job = job();
    for (int i = 0; i < 700; i++) {
      rows.add(i + "x".repeat(100_000));
      source.emit(new PartitionedRecord("hot/", rows.get(i).getBytes(UTF_8), 1L, false));
    }
    source.awaitCheckpointed(LIMIT);
    String savepoint =
        job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
  }

  private JobClient goOn() throws Exception {
    source.end();
    return job();
  }

  private JobClient job() throws Exception {
    StreamExecutionEnvironment env = SinkJobs.env(1, config);
    SinkJobs.build(
        env,
        source,
        ROOT,
        builder -> builder.buffers(BufferRules.ofBytes(1L << 30)).memory(64 << 20));
    return env.executeAsync();
  }

  private void abortOlderThan(Instant limit) throws IOException {
    for (OpenUpload upload : uploads.list()) {
      if (upload.begun().isBefore(limit)) {
        assertThat(uploads.abort(upload)).isTrue();
      }
    }
  }
}
