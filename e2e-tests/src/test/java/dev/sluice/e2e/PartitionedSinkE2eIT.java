package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Await;
import dev.sluice.testing.cluster.FlinkJob;
import dev.sluice.testing.cluster.FlinkProcess;
import dev.sluice.testing.fault.FaultAction;
import dev.sluice.testing.fault.FaultRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shaded JAR on one JobManager and two TaskManagers, from S3 to S3, read back by DuckDB.
 *
 * <p>{@code -Dsluice.e2e.kills=20} makes the long version that releases are held to.
 */
class PartitionedSinkE2eIT {
  private static final int KILLS = Integer.getInteger("sluice.e2e.kills", 3);
  private static final long SEED = Long.getLong("sluice.e2e.seed", 20_261_124L);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path work;

  @Test
  void givesEachRecordOnceAlthoughTaskManagersDieInMidWriteAndS3IsThrottled() throws Exception {
    Random random = new Random(SEED);
    try (PartitionPipeline pipeline = new PartitionPipeline(work, SEED)) {
      pipeline.put("before", 4, 2_000);
      FlinkJob job = pipeline.monitor(2, null);
      pipeline.awaitFinished(1);
      pipeline.proxy.add(FaultRule.of(FaultAction.slowDown()).share(0.3));

      for (int kill = 0; kill < KILLS; kill++) {
        pipeline.put("kill-" + kill, 4, 2_000);
        long moment = pipeline.proxy.requests("UploadPart") + 1 + random.nextInt(30);
        Await.until(
            "upload " + moment,
            PartitionPipeline.LIMIT,
            () -> pipeline.proxy.requests("UploadPart") >= moment);
        List<FlinkProcess> alive = pipeline.cluster.taskManagers();
        alive.get(random.nextInt(alive.size())).kill();
        pipeline.cluster.startTaskManager();
      }
      pipeline.awaitFinished(pipeline.inputs());
      job.stopWithSavepoint(PartitionPipeline.LIMIT);

      pipeline.assertExact();
      assertThat(job.restores()).isPositive();
    }
  }

  @Test
  void keepsBuffersThroughSavepointsAndOtherParallelism() throws Exception {
    try (PartitionPipeline pipeline = new PartitionPipeline(work, SEED)) {
      String savepoint = null;
      for (int parallelism : new int[] {1, 2, 1}) {
        // Buffers that no rule ends: what is in them goes through the savepoint.
        FlinkJob job = pipeline.monitor(parallelism, savepoint, "--buffer.interval=1 h");
        job.awaitAllTasksRunning(PartitionPipeline.LIMIT);
        pipeline.put("parallelism-" + parallelism + "-" + pipeline.inputs(), 3, 3_000);
        pipeline.awaitFinished(1);
        savepoint = job.stopWithSavepoint(PartitionPipeline.LIMIT);
      }
      FlinkJob last = pipeline.monitor(2, savepoint);
      pipeline.awaitFinished(pipeline.inputs());
      last.stopWithSavepoint(PartitionPipeline.LIMIT);

      pipeline.assertExact();
    }
  }
}
