package dev.sluice.testing.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.Await;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.Ledger;
import dev.sluice.testing.LocalS3;
import dev.sluice.testing.S3FileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real cluster, a real JAR, real signals. */
class FlinkClusterIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String MAIN = CountingJob.class.getName();
  private static final String ENDLESS = "100000000";

  @TempDir static Path folder;

  private static LocalS3 s3;
  private static FlinkCluster cluster;
  private static String jar;

  @BeforeAll
  static void start() throws Exception {
    s3 = LocalS3.start().createBucket("counted");
    cluster = FlinkCluster.in(folder.resolve("cluster")).set(s3.flinkConfiguration()).start();
    jar = cluster.rest().upload(jobJar());
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    S3FileSystem.reset();
    s3.close();
  }

  @Test
  void losesAndRepeatsNothingWhenTaskManagerIsKilled() throws Exception {
    FlinkJob job = run(2, null, "killed", "20000", "500");
    job.awaitAllTasksRunning(LIMIT);
    job.awaitNextCheckpoint(LIMIT);

    FlinkProcess killed = cluster.killTaskManager(job, "slowly");
    cluster.startTaskManager();
    job.awaitState("FINISHED", LIMIT);

    assertThat(killed.isAlive()).isFalse();
    assertThat(job.restores()).isPositive();
    ledger(20000).record(files("killed"), line -> line).assertExact();
    cluster.awaitSlots(LIMIT);
  }

  @Test
  void resumesFromSavepointWithOtherParallelism() throws Exception {
    FlinkJob first = run(1, null, "rescaled", "8000", "500");
    first.awaitAllTasksRunning(LIMIT);
    first.awaitNextCheckpoint(LIMIT);

    String savepoint = first.stopWithSavepoint(LIMIT);
    int before = files("rescaled").lines().size();
    FlinkJob second = run(3, savepoint, "rescaled", "8000", "0");
    second.awaitState("FINISHED", LIMIT);

    assertThat(first.state()).isEqualTo("FINISHED");
    assertThat(before).isBetween(1, 7999);
    ledger(8000).record(files("rescaled"), line -> line).assertExact();
  }

  @Test
  void resumesFromCheckpointAfterJobManagerWasKilled() throws Exception {
    FlinkJob first = run(1, null, "orphaned", "8000", "500");
    first.awaitCheckpoints(2, LIMIT);

    cluster.jobManager().kill();
    cluster.restartJobManager();
    String checkpoint = cluster.newestCheckpoint(first.id()).orElseThrow();
    jar = cluster.rest().upload(folder.resolve("job.jar"));
    FlinkJob second = run(2, checkpoint, "orphaned", "8000", "0");
    second.awaitState("FINISHED", LIMIT);

    ledger(8000).record(files("orphaned"), line -> line).assertExact();
  }

  @Test
  void writesToS3ThroughThePlugin() throws Exception {
    FlinkJob job = cluster.run(jar, MAIN, 2, null, List.of("s3://counted/out", "3000", "0"));

    job.awaitState("FINISHED", LIMIT);

    S3FileSystem.initialize(s3.flinkConfiguration());
    var written = FinishedFiles.in(new org.apache.flink.core.fs.Path("s3://counted/out"));
    ledger(3000).record(written, line -> line).assertExact();
    assertThat(s3.openMultipartUploads("counted")).isZero();
  }

  @Test
  void countsMetricsOfOperators() throws Exception {
    FlinkJob job = run(2, null, "metrics", ENDLESS, "1000");

    Await.until("1,000 numbers", LIMIT, () -> job.metric("slowly", "slowNumbers") > 1000);
    job.cancel(LIMIT);

    assertThat(job.state()).isEqualTo("CANCELED");
  }

  @Test
  void noticesFrozenTaskManagerAndTakesItBack() throws Exception {
    FlinkJob job = run(1, null, "frozen", ENDLESS, "1000");
    job.awaitAllTasksRunning(LIMIT);
    job.awaitNextCheckpoint(LIMIT);
    String name = job.taskManagers("slowly").iterator().next();
    FlinkProcess frozen = taskManager(name);

    frozen.freeze();
    Await.until("a restore elsewhere", LIMIT, () -> job.restores() > 0);
    job.awaitAllTasksRunning(LIMIT);
    assertThat(job.taskManagers("slowly")).doesNotContain(name);
    assertThat(job.exception()).get().asString().contains("TaskManager");
    frozen.resume();
    cluster.awaitSlots(LIMIT);

    job.cancel(LIMIT);
  }

  @Test
  void writesSavepointOfJobThatRunsOn() throws Exception {
    FlinkJob job = run(1, null, "saved", ENDLESS, "1000");
    job.awaitAllTasksRunning(LIMIT);

    String savepoint = job.savepoint(LIMIT);

    assertThat(savepoint).startsWith("file:").contains("savepoints");
    assertThat(job.state()).isEqualTo("RUNNING");
    job.cancel(LIMIT);
  }

  @Test
  void saysWhyJobFailsAndWhereItsLogsAre() throws Exception {
    FlinkJob job = cluster.run(jar, MAIN, 1, null, List.of("s3://no-such-bucket/x", "10", "0"));
    Await.until("an exception", LIMIT, () -> job.exception().isPresent());

    assertThatThrownBy(() -> job.awaitState("FINISHED", Duration.ofMillis(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(job.id())
        .hasMessageContaining("NoSuchBucket")
        .hasMessageContaining("jobmanager-")
        .hasMessageContaining(".log");
    job.cancel(LIMIT);
  }

  @Test
  void endsWaitWhenJobReachesAnotherEnd() throws Exception {
    FlinkJob job = run(1, null, "ended", "10", "0");

    assertThatThrownBy(() -> job.awaitState("CANCELED", LIMIT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("it is FINISHED");
  }

  @Test
  void saysWhyJarWasRefused() {
    assertThatThrownBy(() -> cluster.run(jar, "no.such.Main", 1, null, List.of()))
        .isInstanceOf(FlinkRest.RefusedException.class)
        .hasMessageContaining("no.such.Main")
        .hasMessageContaining("jobmanager-");
    assertThatThrownBy(() -> cluster.rest().upload(folder.resolve("none.jar")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.jar");
  }

  private static FlinkJob run(
      int parallelism, String savepoint, String output, String last, String pauseMicros)
      throws Exception {
    return cluster.run(
        jar,
        MAIN,
        parallelism,
        savepoint,
        List.of(folder.resolve(output).toUri().toString(), last, pauseMicros));
  }

  private static FinishedFiles files(String output) throws IOException {
    return FinishedFiles.in(folder.resolve(output));
  }

  private static Ledger ledger(long last) {
    return Ledger.of(
        LongStream.rangeClosed(1, last).mapToObj(Long::toString).collect(Collectors.toList()));
  }

  private static FlinkProcess taskManager(String name) {
    return cluster.taskManagers().stream()
        .filter(process -> process.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The job's classes, as a build would have them in its JAR. */
  private static Path jobJar() throws IOException {
    Path file = folder.resolve("job.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(file))) {
      for (Class<?> type : List.of(CountingJob.class, CountingJob.Slowly.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (var in = type.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
    return file;
  }
}
