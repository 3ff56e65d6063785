package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultRule;
import dev.sluice.testing.Await;
import dev.sluice.testing.cluster.FlinkJob;
import dev.sluice.testing.cluster.FlinkProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shaded JAR on one JobManager and two TaskManagers, from S3 to S3, read back by DuckDB.
 *
 * <p>{@code -Dsluice.e2e.kills=20 -Dsluice.e2e.partitions=20000} make the long version that
 * releases are held to.
 */
class PartitionedSinkE2eIT {
  private static final int KILLS = Integer.getInteger("sluice.e2e.kills", 3);
  private static final int PARTITIONS = Integer.getInteger("sluice.e2e.partitions", 6_000);
  private static final long SEED = Long.getLong("sluice.e2e.seed", 20_261_124L);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path work;

  private static S3Cluster all;

  private final Random random = new Random(SEED);

  /** At what a process is killed. */
  private enum Moment {
    UPLOAD,
    /** The request lands when the job has long gone on. */
    COMMIT,
    /** It was carried out, and nobody hears of it. */
    ANSWER_TO_COMMIT;

    FaultRule rule() {
      return FaultRule.of(
              this == ANSWER_TO_COMMIT ? FaultAction.holdResponse() : FaultAction.holdRequest(),
              this == UPLOAD ? "UploadPart" : "CompleteMultipartUpload")
          .onKey("data/.*");
    }
  }

  @BeforeAll
  static void start() throws Exception {
    all =
        new S3Cluster(
            work,
            SEED,
            "partitioned-sink-job",
            settings ->
                settings
                    .slots(1) // so that a job of two is in both, and each that dies is missed
                    .set("taskmanager.memory.jvm-metaspace.size", "256m")
                    .set("taskmanager.memory.process.size", "1400m")
                    .set("fs.s3a.attempts.maximum", "1")); // S3A's own are quick, see S3Cluster
    all.s3.createBucket(PartitionPipeline.EVENTS);
  }

  @AfterAll
  static void stop() throws Exception {
    if (all != null) {
      all.close();
    }
  }

  @AfterEach
  void clear() throws Exception {
    all.proxy.clear();
    assertThat(all.crashes()).isEmpty();
  }

  @Test
  void givesEachRecordOnceAlthoughTaskManagersDieInMidWrite() throws Exception {
    PartitionPipeline pipeline = pipeline("killed");
    pipeline.put(4, 1_000);
    FlinkJob job = pipeline.start(2, null);
    pipeline.awaitFinished(1);
    all.proxy.add(FaultRule.of(FaultAction.slowDown()).share(0.3));

    for (int kill = 0; kill < KILLS; kill++) {
      long restores = job.restores();
      Moment moment = Moment.values()[kill % Moment.values().length];
      Fault held = all.proxy.add(moment.rule());
      pipeline.put(4, 1_000);
      killAt(moment, held);
      awaitRestored(job, restores);
      pipeline.awaitAllFinished();
      held.release(); // only now: what the dead have sent lands late
      held.awaitLanded(1, PartitionPipeline.LIMIT);
    }
    all.proxy.clear();
    int orphans = all.s3.openMultipartUploads(pipeline.bucket);
    sweepUntilNoneIsLeft(pipeline); // while the job runs
    pipeline.put(4, 1_000);
    pipeline.awaitAllFinished();
    job.stopWithSavepoint(PartitionPipeline.LIMIT);

    pipeline.assertExact();
    pipeline.assertNothingElse();
    assertThat(orphans).isPositive();
    assertThat(job.restores()).isGreaterThanOrEqualTo(KILLS);
  }

  @Test
  void goesOnFromTheNewestCheckpointWhenTheJobManagerDiedInMidCommit() throws Exception {
    PartitionPipeline pipeline = pipeline("restarted");
    pipeline.put(4, 1_000);
    FlinkJob job = pipeline.start(2, null);
    pipeline.awaitFinished(1);
    Fault held = all.proxy.add(Moment.COMMIT.rule());
    pipeline.put(4, 1_000);
    held.awaitHeld(1, PartitionPipeline.LIMIT);

    all.cluster.restartJobManager();
    held.disable();
    String checkpoint = all.cluster.newestCheckpoint(job.id()).orElseThrow();
    FlinkJob next = pipeline.start(2, checkpoint);
    pipeline.awaitAllFinished();
    held.release();
    held.awaitLanded(1, PartitionPipeline.LIMIT);
    pipeline.put(4, 1_000);
    pipeline.awaitAllFinished();
    next.stopWithSavepoint(PartitionPipeline.LIMIT);

    pipeline.assertExact();
  }

  @Test
  void keepsBuffersThroughSavepointsAndOtherParallelism() throws Exception {
    PartitionPipeline pipeline =
        pipeline("rescaled").with("--buffer.size=16 kb", "--buffer.interval=1 h");
    String savepoint = null;
    for (int parallelism : new int[] {1, 2, 1}) {
      // Buffers that only size ends: what is in them goes through the savepoint.
      FlinkJob job = pipeline.start(parallelism, savepoint);
      pipeline.put(3, 2_000);
      pipeline.awaitFinished(pipeline.fetch() + 1);
      savepoint = job.stopWithSavepoint(PartitionPipeline.LIMIT);
    }
    assertThat(pipeline.fetch()).isLessThan(18_000);
    FlinkJob last = pipeline.with("--buffer.interval=1 s").start(2, savepoint);
    pipeline.awaitAllFinished();
    last.stopWithSavepoint(PartitionPipeline.LIMIT);

    pipeline.assertExact();
  }

  @Test
  void aFullDiskIsAnErrorThatSaysSoAndLosesNothing() throws Exception {
    PartitionPipeline pipeline = pipeline("full").with("--buffer.size=2 mb");
    FlinkJob job = pipeline.start(2, null);
    limitFiles("1000000"); // no temporary file may be larger: the plugin cannot buffer an object

    pipeline.put(1_500, () -> "c" + random.nextInt(2), 4_000);
    pipeline.put(1_500, () -> "c" + random.nextInt(2), 4_000);
    Await.until(
        "the job to fail for want of room",
        PartitionPipeline.LIMIT,
        () -> job.exception().filter(text -> text.contains("File too large")).isPresent());
    String exception = job.exception().orElseThrow();
    limitFiles("unlimited");
    pipeline.awaitAllFinished();
    job.stopWithSavepoint(PartitionPipeline.LIMIT);

    assertThat(exception)
        .contains("Cannot write object 's3://full/data/customer_id=c")
        .contains("its rows are in the last checkpoint, from which the job goes on");
    pipeline.assertExact();
  }

  @Test
  void manyMorePartitionsThanMemoryHasRoomForAreAllWritten() throws Exception {
    Path output = work.resolve("exploded-output");
    PartitionPipeline pipeline =
        pipeline("exploded")
            .with(
                "--output.path=" + output.toUri(),
                "--input.discovery-interval=", // to the end of what is there
                "--upload.threads=16",
                "--buffer.interval=1 h");
    AtomicInteger customer = new AtomicInteger();
    pipeline.put(PARTITIONS, () -> "p" + customer.getAndIncrement(), 100);

    FlinkJob job = pipeline.start(1, null);
    job.awaitState("FINISHED", PartitionPipeline.LIMIT);

    // A partition takes 4 KiB, so that 16 MiB hold 4,096.
    assertThat(job.metric(PartitionPipeline.SINK, "objectsCutByMemory")).isPositive();
    pipeline.assertExactIn(output);
  }

  @Test
  void goesOnWhileNoCheckpointCanBeStored() throws Exception {
    PartitionPipeline pipeline =
        pipeline("unstored").with("--checkpoint.directory=s3://unstored/checkpoints");
    FlinkJob job = pipeline.start(2, null);
    pipeline.put(4, 1_000);
    pipeline.awaitAllFinished();
    Fault down = all.proxy.add(FaultRule.of(FaultAction.slowDown()).onKey("checkpoints/.*"));

    pipeline.put(4, 1_000);
    down.awaitFired(20, PartitionPipeline.LIMIT);
    int withoutCheckpoint = pipeline.fetch();
    all.proxy.clear();
    pipeline.awaitAllFinished();
    job.stopWithSavepoint(PartitionPipeline.LIMIT);

    assertThat(withoutCheckpoint).isEqualTo(4_000); // objects appear with checkpoints only
    pipeline.assertExact();
  }

  @Test
  void aSlowDestinationHoldsTheStreamBackAndNothingRestarts() throws Exception {
    PartitionPipeline pipeline = pipeline("slow");
    FlinkJob job = pipeline.start(2, null);
    Fault slow =
        all.proxy.add(FaultRule.of(FaultAction.delay(Duration.ofSeconds(1))).onKey("data/.*"));

    for (int object = 0; object < 20; object++) { // of 2 MB each: more than buffers hold
      pipeline.put(1_000, () -> "c" + random.nextInt(40), 4_000);
    }
    slow.awaitFired(40, PartitionPipeline.LIMIT);
    all.proxy.clear();
    pipeline.awaitAllFinished();
    job.stopWithSavepoint(PartitionPipeline.LIMIT);

    assertThat(job.restores()).isZero();
    pipeline.assertExact();
  }

  private static void limitFiles(String bytes) throws Exception {
    for (FlinkProcess process : all.cluster.taskManagers()) {
      Process prlimit =
          new ProcessBuilder("prlimit", "--pid=" + process.pid(), "--fsize=" + bytes + ":")
              .inheritIO()
              .start();
      assertThat(prlimit.waitFor()).isZero();
    }
  }

  private static void sweepUntilNoneIsLeft(PartitionPipeline pipeline) throws Exception {
    Await.until(
        "no upload to be open",
        PartitionPipeline.LIMIT,
        () -> {
          pipeline.sweep(Duration.ofSeconds(4));
          return all.s3.openMultipartUploads(pipeline.bucket) == 0;
        });
  }

  private PartitionPipeline pipeline(String name) {
    return new PartitionPipeline(all, name, work, random);
  }

  /** Kills who is in the middle of it, for certain, and starts as many anew. */
  private void killAt(Moment moment, Fault held) throws Exception {
    List<FlinkProcess> alive = all.cluster.taskManagers();
    if (moment == Moment.UPLOAD) {
      // A subtask has four threads: both are at it, each in a TaskManager of its own.
      held.awaitHeld(5, PartitionPipeline.LIMIT);
      alive = List.of(alive.get(random.nextInt(alive.size())));
    } else {
      held.awaitHeld(1, PartitionPipeline.LIMIT);
    }
    for (FlinkProcess process : alive) {
      process.kill();
    }
    assertThat(held.held()).isPositive();
    held.disable();
    for (int i = 0; i < alive.size(); i++) {
      all.cluster.startTaskManager();
    }
  }

  private static void awaitRestored(FlinkJob job, long before) throws Exception {
    Await.until("the job to be restored", PartitionPipeline.LIMIT, () -> job.restores() > before);
    job.awaitAllTasksRunning(PartitionPipeline.LIMIT);
  }
}
