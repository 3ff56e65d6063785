package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.analytics.TickBatch;
import dev.sluice.common.source.generated.ticks.Tick;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import dev.sluice.testing.Await;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.LocalS3;
import dev.sluice.testing.cluster.FlinkCluster;
import dev.sluice.testing.cluster.FlinkJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shaded JAR on a cluster of processes: scripts of the library and one of a user in S3, from a
 * Kinesis stream to files and another stream, through a savepoint, another parallelism and a dead
 * TaskManager.
 *
 * <p>A stream has no watermark per shard, so no query may depend on how far the shards are apart:
 * the hours of the batches are days apart, the lateness is two hours, and a batch begins when all
 * of the one before is in finished files, so that no restart reads it again.
 */
class SqlAnalyticsE2eIT {
  private static final String MAIN = "dev.sluice.analytics.SqlAnalyticsJob";
  private static final String REGION = "us-east-1";
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long MINUTE = 60_000;
  private static final int ALARM_ABOVE = 12;
  private static final String SCRIPT =
      """
      -- @uses classpath:sql/ticks.sql
      -- @uses classpath:sql/sluice_functions.sql
      CREATE TABLE all_ticks (event_id STRING, ticker STRING, price DOUBLE, volume BIGINT, event_time TIMESTAMP(3), parsed STRING);
      INSERT INTO all_ticks SELECT *, TRY_JSON_QUERY_JQ('{' || ticker, '.') FROM ticks;
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path work;

  private final List<TickBatch> batches =
      List.of(new TickBatch(0, 300), new TickBatch(1, 500), new TickBatch(2, 500));

  /** Of files that are finished. */
  private final Map<Path, Integer> lines = new HashMap<>();

  @Test
  void keepsEveryRowOverASavepointAnotherParallelismAndADeadTaskManager() throws Exception {
    try (LocalKinesis kinesis = LocalKinesis.start();
        LocalS3 s3 = LocalS3.start().createBucket("scripts");
        FlinkCluster cluster = cluster(s3)) {
      kinesis.createStream(REGION, "ticks", 2);
      KinesisStream alarms = kinesis.createStream(REGION, "alarms", 1);
      s3.put("scripts", "mine/all_ticks.sql", SCRIPT.getBytes(UTF_8));
      String jar = cluster.rest().upload(S3Cluster.shadedJar("sql-analytics-job"));

      FlinkJob first = cluster.run(jar, MAIN, 1, null, options(kinesis));
      CompletableFuture<Void> producer = batches.get(0).produce(kinesis, REGION, 400);
      awaitTicks(300);
      producer.join();
      producer = batches.get(1).produce(kinesis, REGION, 80);
      awaitTicks(301);
      String savepoint = first.stopWithSavepoint(LIMIT);
      assertThat(ticks().size()).as("ticks in files when it stopped").isBetween(301, 799);
      FlinkJob second = cluster.run(jar, MAIN, 2, savepoint, options(kinesis));
      awaitTicks(800);
      producer.join();
      producer = batches.get(2).produce(kinesis, REGION, 80);
      awaitTicks(801);
      cluster.killTaskManager(second, "ticks");
      awaitTicks(1_300);
      producer.join();
      assertThat(second.restores()).as("restores, the start and after the kill").isEqualTo(2);
      Await.until(
          "failures of TRY_JSON_QUERY_JQ in the metrics",
          LIMIT,
          () -> second.metric("ticks", "udf.TRY_JSON_QUERY_JQ.failures") > 0);
      new TickBatch(5, 100).produce(kinesis, REGION, 400).join(); // its watermark ends all windows
      awaitResults(alarms);
      second.stopWithSavepoint(LIMIT);

      assertExact(alarms);
    }
  }

  private FlinkCluster cluster(LocalS3 s3) throws Exception {
    return FlinkCluster.in(work.resolve("cluster"))
        .memory("1100m", "1400m")
        .set("taskmanager.memory.jvm-metaspace.size", "256m")
        .set("restart-strategy.type", "fixed-delay")
        .set("restart-strategy.fixed-delay.attempts", "100")
        .set("restart-strategy.fixed-delay.delay", "200 ms")
        .set(s3.flinkConfiguration())
        .start();
  }

  private List<String> options(LocalKinesis kinesis) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--script.path=s3://scripts/mine,classpath:sql/volume_per_window.sql,classpath:sql/trade_alarm.sql",
                "--variables.lateness=2 h",
                "--variables.tumble.size=5 min",
                "--variables.alarm.ticker=%",
                "--variables.alarm.trades=" + ALARM_ABOVE,
                "--variables.alarm.size=10 min",
                "--variables.alarm.slide=5 min",
                "--input.type=kinesis",
                "--kinesis.region=" + REGION,
                "--kinesis.endpoint=" + kinesis.endpoint(),
                "--kinesis.access-key=" + LocalKinesis.ACCESS_KEY,
                "--kinesis.secret-key=" + LocalKinesis.SECRET_KEY,
                "--kinesis.start=trim-horizon",
                "--tables.ticks.scan.shard.getrecords.intervalmillis=500",
                "--output.type=files",
                "--output.path=" + work.resolve("out").toUri(),
                "--checkpoint.interval=1 s",
                "--checkpoint.min-pause=100 ms"));
    for (String table : List.of("all_ticks", "volume_per_window")) {
      options.add("--tables." + table + ".sink.rolling-policy.rollover-interval=1 s");
      options.add("--tables." + table + ".sink.rolling-policy.check-interval=250 ms");
    }
    String alarms = "--tables.trade_alarms.";
    options.addAll(
        List.of(
            alarms + "connector=kinesis",
            alarms + "stream=alarms",
            alarms + "aws.region=" + REGION,
            alarms + "aws.endpoint=" + kinesis.endpoint(),
            alarms + "aws.credentials.provider=BASIC",
            alarms + "aws.credentials.basic.accesskeyid=" + LocalKinesis.ACCESS_KEY,
            alarms + "aws.credentials.basic.secretkey=" + LocalKinesis.SECRET_KEY,
            alarms + "format=json",
            alarms + "json.timestamp-format.standard=ISO-8601"));
    return options;
  }

  private List<Tick> expected() {
    return batches.stream().flatMap(batch -> batch.ticks().stream()).collect(Collectors.toList());
  }

  private List<String> expectedVolumes() {
    return TickAnalytics.volumes(expected(), 5 * MINUTE);
  }

  private List<String> expectedAlarms() {
    return TickAnalytics.alarms(expected(), 10 * MINUTE, 5 * MINUTE, ALARM_ABOVE);
  }

  private List<String> ticks() throws Exception {
    return rows("all_ticks", TickAnalytics::ofAll);
  }

  private List<String> rows(String table, Function<String, String> row) throws Exception {
    FinishedFiles files = FinishedFiles.in(work.resolve("out").resolve(table));
    assertThat(files.partial()).isEmpty();
    return files.lines().stream()
        .map(line -> row.apply(line.text()))
        .sorted()
        .collect(Collectors.toList());
  }

  private static Set<String> alarms(KinesisStream stream) throws Exception {
    return stream.records().stream()
        .map(record -> TickAnalytics.ofAlarms(new String(record.data(), UTF_8)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void awaitTicks(int count) throws Exception {
    awaitLines("all_ticks", count);
  }

  /** Looks into each finished file once: this process shares the machine with the cluster. */
  private void awaitLines(String table, long count) throws Exception {
    Path folder = work.resolve("out").resolve(table);
    Await.until(
        count + " rows of " + table + " in files",
        LIMIT,
        () -> {
          for (Path file : finished(folder)) {
            if (!lines.containsKey(file)) {
              lines.put(file, Files.readAllLines(file).size());
            }
          }
          int found =
              lines.entrySet().stream()
                  .filter(file -> file.getKey().startsWith(folder))
                  .mapToInt(Map.Entry::getValue)
                  .sum();
          if (found < count) {
            throw new AssertionError(found + " are there");
          }
          return true;
        });
  }

  private static List<Path> finished(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }

  private void awaitResults(KinesisStream alarms) throws Exception {
    awaitLines("volume_per_window", expectedVolumes().size());
    int raised = expectedAlarms().size();
    Await.until(
        raised + " alarms",
        LIMIT,
        () -> {
          int found = alarms(alarms).size();
          if (found < raised) {
            throw new AssertionError(found + " are there");
          }
          return true;
        });
  }

  private void assertExact(KinesisStream alarms) throws Exception {
    List<Tick> all = expected();
    all.addAll(new TickBatch(5, 100).ticks());
    assertThat(ticks()).isEqualTo(TickAnalytics.all(all));
    assertThat(rows("volume_per_window", TickAnalytics::ofVolumes)).isEqualTo(expectedVolumes());
    assertThat(expectedAlarms()).hasSizeBetween(20, 1_000);
    assertThat(alarms(alarms)).containsExactlyInAnyOrderElementsOf(expectedAlarms());
  }
}
