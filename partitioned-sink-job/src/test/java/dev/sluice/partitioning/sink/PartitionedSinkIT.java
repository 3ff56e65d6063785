package dev.sluice.partitioning.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Await;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.JobGraphs;
import dev.sluice.testing.Ledger;
import dev.sluice.testing.ManualSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs on a mini cluster, which write to a local disk. */
@Timeout(120)
class PartitionedSinkIT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path root;
  @TempDir Path savepoints;

  @Test
  void aBoundedJobWritesOneObjectPerPartition() throws Exception {
    List<String> rows = new ArrayList<>();
    try (ManualSource<PartitionedRecord> source =
        ManualSource.bounded(TypeInformation.of(PartitionedRecord.class))) {
      for (int i = 0; i < 100; i++) {
        rows.add(emit(source, "p=" + i % 4 + "/", "row " + i));
      }
      source.emit(new PartitionedRecord("errors/", "letter".getBytes(UTF_8), 3L, true));
      rows.add("letter");
      source.end();

      StreamExecutionEnvironment env = SinkJobs.env(2, new Configuration());
      build(env, source, BufferRules.ofBytes(1 << 20));
      JobGraphs.assertSound(env);
      env.execute();
    }

    FinishedFiles found = FinishedFiles.in(root);
    ledger(rows, found).assertExact();
    assertThat(found.files()).filteredOn(file -> file.startsWith("errors/")).hasSize(1);
    assertThat(found.files()).hasSize(5);
  }

  @Test
  void checkpointsDoNotCutObjects() throws Exception {
    List<String> rows = new ArrayList<>();
    try (ManualSource<PartitionedRecord> source =
        ManualSource.unbounded(TypeInformation.of(PartitionedRecord.class))) {
      StreamExecutionEnvironment env = SinkJobs.env(1, SinkJobs.checkpoints());
      build(env, source, BufferRules.ofBytes(1 << 20).records(30));
      JobClient job = env.executeAsync();
      for (int i = 0; i < 29; i++) {
        rows.add(emit(source, "late/", "row " + i));
        if (i % 7 == 0) {
          source.awaitCheckpointed(LIMIT);
        }
      }
      assertThat(FinishedFiles.in(root).files()).isEmpty();
      rows.add(emit(source, "late/", "row 29"));
      Await.until("an object", LIMIT, () -> FinishedFiles.in(root).files().size() == 1);
      job.cancel().get();
    }

    ledger(rows, FinishedFiles.in(root)).assertExact();
  }

  @Test
  void failuresLoseNothingAndRepeatNothing() throws Exception {
    SinkJobs.FAILURES.set(0);
    List<String> rows = new ArrayList<>();
    try (ManualSource<PartitionedRecord> source =
        ManualSource.unbounded(TypeInformation.of(PartitionedRecord.class))) {
      StreamExecutionEnvironment env = SinkJobs.env(2, SinkJobs.checkpoints());
      build(env, source, BufferRules.ofBytes(1024).age(Duration.ofMillis(300)));
      JobClient job = env.executeAsync();
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 2000; i++) {
          rows.add(emit(source, "p=" + i % 20 + "/", "round " + round + " row " + i));
        }
        source.awaitCheckpointed(LIMIT);
        for (int i = 0; i < 500; i++) {
          rows.add(emit(source, "q=" + i % 3 + "/", "round " + round + " more " + i));
        }
        SinkJobs.FAILURES.incrementAndGet();
        source.emit(new PartitionedRecord(SinkJobs.POISON, new byte[0], 0L, false));
      }
      source.end();
      job.getJobExecutionResult().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    assertThat(SinkJobs.FAILURES.get()).isZero();
    ledger(rows, FinishedFiles.in(root)).assertExact();
  }

  @Test
  void aCancelledJobLeavesNoThreads() throws Exception {
    try (ManualSource<PartitionedRecord> source =
        ManualSource.unbounded(TypeInformation.of(PartitionedRecord.class))) {
      StreamExecutionEnvironment env = SinkJobs.env(2, SinkJobs.checkpoints());
      build(env, source, BufferRules.ofBytes(1024).records(1));
      JobClient job = env.executeAsync();
      for (int i = 0; i < 100; i++) {
        emit(source, "p=" + i % 4 + "/", "row " + i);
      }
      Await.until("objects", LIMIT, () -> FinishedFiles.in(root).files().size() == 100);
      assertThat(sinkThreads()).isNotEmpty();
      job.cancel().get();
      Await.until("the threads to end", LIMIT, () -> sinkThreads().isEmpty());
    }
  }

  @Test
  void aSavepointGoesOnWithAnotherParallelism() throws Exception {
    List<String> rows = new ArrayList<>();
    Configuration config = SinkJobs.checkpoints();
    try (ManualSource<PartitionedRecord> source =
        ManualSource.unbounded(TypeInformation.of(PartitionedRecord.class), 2)) {
      for (int parallelism : new int[] {1, 2, 1}) {
        StreamExecutionEnvironment env = SinkJobs.env(parallelism, config);
        build(env, source, BufferRules.ofBytes(5000));
        JobClient job = env.executeAsync();
        for (int i = 0; i < 1000; i++) {
          rows.add(emit(source, "p=" + i % 40 + "/", "row " + rows.size()));
        }
        source.awaitCheckpointed(LIMIT);
        String savepoint =
            job.stopWithSavepoint(
                    false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
      }
      source.end();
      StreamExecutionEnvironment env = SinkJobs.env(2, config);
      build(env, source, BufferRules.ofBytes(5000));
      env.execute();
    }

    ledger(rows, FinishedFiles.in(root)).assertExact();
  }

  private static String emit(ManualSource<PartitionedRecord> source, String partition, String row) {
    source.emit(new PartitionedRecord(partition, row.getBytes(UTF_8), 5L, false));
    return row;
  }

  private void build(
      StreamExecutionEnvironment env, ManualSource<PartitionedRecord> source, BufferRules rules) {
    SinkJobs.build(
        env,
        source,
        new org.apache.flink.core.fs.Path(root.toUri()),
        builder -> builder.buffers(rules).memory(1 << 20));
  }

  private static List<Thread> sinkThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("partitioned-sink"))
        .toList();
  }

  private static Ledger ledger(List<String> rows, FinishedFiles found) {
    return Ledger.of(rows).record(found, line -> line);
  }
}
