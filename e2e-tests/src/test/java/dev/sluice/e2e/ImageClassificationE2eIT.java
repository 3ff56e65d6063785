package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultRule;
import dev.sluice.testing.Await;
import dev.sluice.testing.cluster.FlinkJob;
import dev.sluice.testing.cluster.FlinkProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shaded JAR on one JobManager and two TaskManagers, from S3 to S3.
 *
 * <p>{@code -Dsluice.e2e.kills=20 -Dsluice.e2e.cancels=100} make the long version that releases are
 * held to.
 */
class ImageClassificationE2eIT {
  private static final int KILLS = Integer.getInteger("sluice.e2e.kills", 3);
  private static final int CANCELS = Integer.getInteger("sluice.e2e.cancels", 8);
  private static final long SEED = Long.getLong("sluice.e2e.seed", 20_261_123L);

  /** Which permission a request needs, by Amazon's table of actions for S3. */
  private static final Map<String, String> PERMISSIONS =
      Map.ofEntries(
          Map.entry("GetObject", "s3:GetObject"),
          Map.entry("HeadObject", "s3:GetObject"),
          Map.entry("HeadBucket", "s3:ListBucket"),
          Map.entry("ListObjects", "s3:ListBucket"),
          Map.entry("ListObjectsV2", "s3:ListBucket"),
          Map.entry("PutObject", "s3:PutObject"),
          Map.entry("CreateMultipartUpload", "s3:PutObject"),
          Map.entry("UploadPart", "s3:PutObject"),
          Map.entry("CompleteMultipartUpload", "s3:PutObject"),
          Map.entry("AbortMultipartUpload", "s3:AbortMultipartUpload"),
          Map.entry("ListParts", "s3:ListMultipartUploadParts"),
          Map.entry("DeleteObject", "s3:DeleteObject"),
          Map.entry("DeleteObjects", "s3:DeleteObject"));

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path work;

  @Test
  void givesEachImageOnceAlthoughTaskManagersDieAndS3IsThrottled() throws Exception {
    Random random = new Random(SEED);
    try (ImagePipeline pipeline = new ImagePipeline(work, SEED)) {
      pipeline.put("before");
      FlinkJob job = pipeline.monitor(2, null);
      pipeline.awaitFinished(1);
      pipeline.proxy.add(FaultRule.of(FaultAction.slowDown()).share(0.3));

      for (int kill = 0; kill < KILLS; kill++) {
        // Few: a throttled request waits half a second and more before it is tried again.
        pipeline.put("kill-" + kill, 4);
        long moment = pipeline.proxy.requests("GetObject") + 1 + random.nextInt(30);
        Await.until(
            "request " + moment,
            ImagePipeline.LIMIT,
            () -> pipeline.proxy.requests("GetObject") >= moment);
        List<FlinkProcess> alive = pipeline.cluster.taskManagers();
        alive.get(random.nextInt(alive.size())).kill();
        pipeline.cluster.startTaskManager();
      }
      pipeline.awaitFinished(pipeline.inputs());
      job.stopWithSavepoint(ImagePipeline.LIMIT);

      pipeline.assertExact();
      assertThat(job.restores()).isPositive();
      assertThat(pipeline.crashes()).isEmpty();
    }
  }

  @Test
  void restoresWithOtherParallelismAndNeedsNoPermissionButTheDocumentedOnes() throws Exception {
    try (ImagePipeline pipeline = new ImagePipeline(work, SEED)) {
      String savepoint = null;
      for (int parallelism : new int[] {1, 2, 1}) {
        FlinkJob job = pipeline.monitor(parallelism, savepoint);
        job.awaitAllTasksRunning(ImagePipeline.LIMIT);
        pipeline.put("parallelism-" + parallelism + "-" + pipeline.inputs());
        // Stopped in the middle: what is not done yet is the next run's.
        pipeline.awaitFinished(pipeline.inputs() - 60);
        savepoint = job.stopWithSavepoint(ImagePipeline.LIMIT);
      }
      FlinkJob last = pipeline.monitor(2, savepoint);
      pipeline.awaitFinished(pipeline.inputs());
      last.stopWithSavepoint(ImagePipeline.LIMIT);

      pipeline.assertExact();
      assertThat(documentedPermissions()).containsAll(used(pipeline.proxy.requests().keySet()));
    }
  }

  @Test
  void survivesBeingCancelledInTheMiddleOfForwardPasses() throws Exception {
    Random random = new Random(SEED);
    try (ImagePipeline pipeline = new ImagePipeline(work, SEED)) {
      List<Long> processes = pids(pipeline);
      pipeline.put("in");
      for (int cancel = 0; cancel < CANCELS; cancel++) {
        long moment = pipeline.proxy.requests("GetObject") + 10 + random.nextInt(60);
        FlinkJob job = pipeline.monitor(2, null);
        Await.until(
            "request " + moment,
            ImagePipeline.LIMIT,
            () -> pipeline.proxy.requests("GetObject") >= moment);
        job.cancel(ImagePipeline.LIMIT);
      }
      pipeline.deleteResults();
      FlinkJob whole = pipeline.once(2);
      whole.awaitState("FINISHED", ImagePipeline.LIMIT);

      pipeline.assertExact();
      assertThat(pids(pipeline)).isEqualTo(processes);
      assertThat(pipeline.crashes()).isEmpty();
    }
  }

  private static List<Long> pids(ImagePipeline pipeline) {
    return pipeline.cluster.taskManagers().stream().map(FlinkProcess::pid).toList();
  }

  private static Set<String> used(Set<String> operations) {
    return operations.stream()
        .map(
            operation -> {
              assertThat(PERMISSIONS).containsKey(operation);
              return PERMISSIONS.get(operation);
            })
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The actions in the README's policy. */
  private static Set<String> documentedPermissions() throws Exception {
    String readme = Files.readString(ImagePipeline.repository().resolve("README.md"));
    return Pattern.compile("\"(s3:\\w+)\"")
        .matcher(readme)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
