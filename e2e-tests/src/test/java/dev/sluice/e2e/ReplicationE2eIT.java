package dev.sluice.e2e;

import static dev.sluice.e2e.ReplicatedStreams.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultRule;
import dev.sluice.testing.Await;
import dev.sluice.testing.cluster.FlinkCluster;
import dev.sluice.testing.cluster.FlinkJob;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shaded JAR of the replicator on one JobManager and two TaskManagers, between two Kinesis
 * servers. {@code -Dsluice.e2e.seed} tries other keys and faults.
 */
class ReplicationE2eIT {
  private static final String MAIN = "dev.sluice.replication.ReplicationJob";
  private static final String THROTTLED = "ProvisionedThroughputExceededException";
  private static final long SEED = Long.getLong("sluice.e2e.seed", 20_261_127L);
  private static final String READER = "guard retention";
  private static final String WRITER = "write-target";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path work;

  private static FlinkCluster cluster;
  private static String jar;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        FlinkCluster.in(work.resolve("cluster"))
            .memory("1024m", "1400m")
            .set("taskmanager.memory.jvm-metaspace.size", "256m")
            .set("restart-strategy.type", "fixed-delay")
            .set("restart-strategy.fixed-delay.attempts", "1000")
            .set("restart-strategy.fixed-delay.delay", "200 ms")
            .start();
    jar = cluster.rest().upload(S3Cluster.shadedJar("replication-job"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void losesNothingAndKeepsOrderWhileTaskManagersDieAndShardsSplitAndMerge() throws Exception {
    try (ReplicatedStreams streams = new ReplicatedStreams(work.resolve("polled"), 2, SEED)) {
      // A thousand records a second: what is put lies before the job for some seconds.
      List<String> options =
          streams.options(
              "--kinesis.reader=polling",
              "--kinesis.poll-records=100",
              "--kinesis.poll-interval=200 ms");
      everydayFaults(streams);
      FlinkJob job = cluster.run(jar, MAIN, 2, null, options);
      streams.put(2_000);
      streams.awaitPuts(5);
      job.awaitNextCheckpoint(LIMIT);
      kill(job, READER);

      streams.put(2_000);
      streams.awaitPuts(5);
      ReplicatedStreams.splitFirst(streams.source);
      streams.put(1_000);
      ReplicatedStreams.splitFirst(streams.target);
      kill(job, WRITER);

      Fault tenth = streams.proxy.add(FaultRule.of(FaultAction.throttleEntries(100), "PutRecords"));
      ReplicatedStreams.mergeLast(streams.source);
      streams.put(2_000);
      ReplicatedStreams.mergeLast(streams.target);
      Await.until("a tenth of the writing", LIMIT, () -> tenth.failedEntries() >= 200);
      tenth.disable();

      streams.put(1_000);
      streams.awaitPuts(3);
      String savepoint = job.stopWithSavepoint(LIMIT);
      streams.put(1_000);
      FlinkJob rescaled = cluster.run(jar, MAIN, 3, savepoint, options);
      streams.awaitAllCopied();
      rescaled.stopWithSavepoint(LIMIT);

      assertThat(job.restores()).isGreaterThanOrEqualTo(2);
      assertThat(streams.assertInOrder()).as("repeated records").isLessThan(9_000);
    }
  }

  @Test
  void fansOutAndLeavesNoConsumerBehindWhenProcessesDie() throws Exception {
    try (ReplicatedStreams streams = new ReplicatedStreams(work.resolve("fanned-out"), 2, SEED)) {
      List<String> options = streams.options(); // the reader is the default: fan-out
      everydayFaults(streams);
      Fault slow = streams.proxy.add(FaultRule.of(FaultAction.throttleEntries(200), "PutRecords"));
      FlinkJob job = cluster.run(jar, MAIN, 2, null, options);
      streams.put(2_000);
      streams.awaitPuts(5);
      assertThat(streams.source.consumers()).hasSize(1);
      kill(job, READER);
      job.awaitNextCheckpoint(LIMIT);
      assertThat(streams.source.consumers()).as("none left behind").hasSize(1);

      slow.disable();
      ReplicatedStreams.splitFirst(streams.target);
      streams.put(2_000);
      streams.awaitPuts(5);
      cluster.restartJobManager();
      streams.put(1_000);
      FlinkJob next =
          cluster.run(
              cluster.rest().upload(S3Cluster.shadedJar("replication-job")),
              MAIN,
              2,
              cluster.newestCheckpoint(job.id()).orElseThrow(),
              options);
      streams.awaitAllCopied();
      assertThat(streams.source.consumers()).hasSize(1);
      next.stopWithSavepoint(LIMIT);

      assertThat(streams.assertInOrder()).as("repeated records").isLessThan(5_000);
      assertThat(streams.source.consumers()).as("left behind").isEmpty();
    }
  }

  /** Some requests are stored, and nobody hears of it; of others an entry fails. */
  private static void everydayFaults(ReplicatedStreams streams) {
    FaultRule entries = FaultRule.of(FaultAction.failEntries(0.1, THROTTLED), "PutRecords");
    streams.proxy.add(
        FaultRule.of(FaultAction.forwardThenAnswer(500, "InternalFailure"), "PutRecords")
            .share(0.05));
    streams.proxy.add(entries.share(0.1));
  }

  /** SIGKILL to one of the processes that run this, and another one in its place. */
  private static void kill(FlinkJob job, String vertex) throws Exception {
    long before = job.restores();
    cluster.killTaskManager(job, vertex);
    cluster.startTaskManager();
    Await.until("the job to be restored", LIMIT, () -> job.restores() > before);
    job.awaitAllTasksRunning(LIMIT);
  }
}
