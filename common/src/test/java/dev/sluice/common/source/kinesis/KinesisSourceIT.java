package dev.sluice.common.source.kinesis;

import static dev.sluice.common.source.kinesis.KinesisJob.expected;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.record.KplAggregate;
import dev.sluice.common.record.RawRecord;
import dev.sluice.local.KinesisPut;
import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisShard;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.KplRecord;
import dev.sluice.local.LocalKinesis;
import dev.sluice.testing.Await;
import dev.sluice.testing.CollectingSink;
import dev.sluice.testing.JobGraphs;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class KinesisSourceIT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(3)
              .build());

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final BigInteger LAST_HASH =
      BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

  private static LocalKinesis kinesis;

  @TempDir java.nio.file.Path savepoints;

  @BeforeAll
  static void start() throws Exception {
    kinesis = LocalKinesis.start();
  }

  @AfterAll
  static void stop() {
    kinesis.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"polling", "enhanced-fan-out"})
  void givesRecordsAsTheyLieInSeveralStreams(String reader) throws Exception {
    try (CollectingSink<RawRecord> sink = CollectingSink.create()) {
      String other = "other-" + reader;
      KinesisJob job =
          reader.equals("polling")
              ? new KinesisJob(kinesis, sink, "--kinesis.streams=awkward-polling," + other)
              : new KinesisJob(
                  kinesis,
                  sink,
                  "--kinesis.streams=awkward-enhanced-fan-out," + other,
                  "--kinesis.reader=enhanced-fan-out",
                  "--kinesis.consumer-name=test");
      KinesisStream awkward = job.createStream("awkward-" + reader, 2);
      KinesisStream plain = job.createStream(other, 1);
      awkward.putAll(awkwardPuts());
      plain.put("k", "hello".getBytes(UTF_8));
      JobGraphs.assertSound(job.environment(2));

      JobClient client = job.start(2);

      List<RawRecord> all = new ArrayList<>(records(awkward));
      all.addAll(records(plain));
      assertThat(sink.awaitFinished(all.size(), LIMIT)).containsExactlyInAnyOrderElementsOf(all);
      client.cancel().get();
    }
  }

  @Test
  void losesAndRepeatsNothingOverReshardingAndSavepoints() throws Exception {
    try (CollectingSink<RawRecord> sink = CollectingSink.create()) {
      KinesisJob job = new KinesisJob(kinesis, sink, "--kinesis.streams=resharded");
      KinesisStream stream = job.createStream("resharded", 2);
      stream.putAll(numbered(0, 300));

      JobClient client = job.start(1);
      sink.awaitReceived(100, LIMIT);
      stream.split(stream.openShards().get(0));
      stream.putAll(numbered(300, 600));
      List<KinesisShard> open = stream.openShards();
      stream.merge(open.get(1), open.get(2));
      stream.putAll(numbered(600, 900));
      job.stop(client, savepoints);
      stream.split(stream.openShards().get(0));
      stream.putAll(numbered(900, 1200));
      client = job.start(3);

      List<RawRecord> all = records(stream);
      assertThat(all).hasSize(1200);
      assertThat(sink.awaitFinished(1200, LIMIT)).containsExactlyInAnyOrderElementsOf(all);
      client.cancel().get();
      assertThat(sink.finished()).hasSize(1200);
    }
  }

  /** The connector takes each shard as read to its end then, and the job as healthy. */
  @Test
  void aConsumerThatIsGoneFailsTheJob() throws Exception {
    try (CollectingSink<RawRecord> sink = CollectingSink.create()) {
      KinesisStream stream = kinesis.createStream(KinesisJob.REGION, "unsubscribed", 1);
      stream.put("k", "unread".getBytes(UTF_8));
      KinesisJob job =
          new KinesisJob(
              kinesis,
              sink,
              "--kinesis.streams=unsubscribed",
              "--kinesis.reader=enhanced-fan-out",
              "--kinesis.consumer-registration=none",
              "--kinesis.consumer-arns=" + stream.arn() + "/consumer/gone:1767225600");

      assertThatThrownBy(() -> runWithoutRestart(job))
          .rootCause()
          .hasMessageContaining("'shardId-000000000000' of stream 'unsubscribed'")
          .hasMessageContaining("not read to its end");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"polling", "enhanced-fan-out"})
  void aStreamThatIsGoneFailsTheJob(String reader) throws Exception {
    try (CollectingSink<RawRecord> sink = CollectingSink.create()) {
      String name = "deleted-" + reader;
      KinesisStream stream = kinesis.createStream(KinesisJob.REGION, name, 1);
      stream.put("k", "read".getBytes(UTF_8));
      KinesisJob job =
          new KinesisJob(
              kinesis,
              sink,
              "--kinesis.streams=" + name,
              "--kinesis.reader=" + reader,
              reader.equals("polling") ? "--kinesis.poll-records=10" : "--kinesis.consumer-name=x");
      CompletableFuture<JobExecutionResult> end = startWithoutRestart(job);
      sink.awaitReceived(1, LIMIT);

      stream.delete();

      assertThatThrownBy(() -> end.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasStackTraceContaining(name);
    }
  }

  private static void runWithoutRestart(KinesisJob job) throws Exception {
    startWithoutRestart(job).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static CompletableFuture<JobExecutionResult> startWithoutRestart(KinesisJob job)
      throws Exception {
    StreamExecutionEnvironment env = job.environment(1);
    env.configure(new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
    return env.executeAsync().getJobExecutionResult();
  }

  @Test
  void beginsAtATime() throws Exception {
    try (CollectingSink<RawRecord> sink = CollectingSink.create()) {
      KinesisStream stream = kinesis.createStream(KinesisJob.REGION, "timed", 1);
      stream.put("k", "before".getBytes(UTF_8));
      KinesisRecord before = stream.records().get(0);
      // The server's clock must move on, or both records have one arrival.
      Await.until("the next millisecond", LIMIT, () -> past(before));
      stream.put("k", "after".getBytes(UTF_8));
      RawRecord after = records(stream).get(1);
      KinesisJob job =
          new KinesisJob(
              kinesis,
              sink,
              "--kinesis.streams=timed",
              "--kinesis.initial-position=at-timestamp",
              "--kinesis.initial-timestamp="
                  + java.time.Instant.ofEpochMilli(after.arrivalTimestamp));

      JobClient client = job.start(1);

      assertThat(sink.awaitFinished(1, LIMIT)).containsExactly(after);
      client.cancel().get();
    }
  }

  @Test
  void beginsWithWhatIsNew() throws Exception {
    try (CollectingSink<RawRecord> sink = CollectingSink.create()) {
      KinesisStream stream = kinesis.createStream(KinesisJob.REGION, "latest", 1);
      stream.put("k", "old".getBytes(UTF_8));
      KinesisJob job =
          new KinesisJob(
              kinesis, sink, "--kinesis.streams=latest", "--kinesis.initial-position=latest");

      JobClient client = job.start(1);

      Await.until(
          "a new record",
          LIMIT,
          () -> {
            stream.put("k", "new".getBytes(UTF_8));
            return !sink.finished().isEmpty();
          });
      assertThat(sink.finished())
          .allSatisfy(record -> assertThat(record.data).asString(UTF_8).isEqualTo("new"));
      client.cancel().get();
    }
  }

  /** What a connector that takes aggregates apart loses or changes. */
  private static List<KinesisPut> awkwardPuts() {
    byte[] whole =
        KplRecord.of(List.of(user("first"), user("second"), KinesisPut.of("k", new byte[0])))
            .data();
    byte[] damaged = whole.clone();
    damaged[10] ^= 1;
    return List.of(
        KinesisPut.of("k", new byte[0]),
        KinesisPut.of("k", new byte[] {0, (byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2}),
        KinesisPut.of("aggregate", whole),
        KinesisPut.of("damaged", damaged),
        KinesisPut.of("protobuf that is none", KplBytesOf.message(new byte[] {-1, -1, -1})),
        KinesisPut.of("no user records", KplBytesOf.message(new byte[0])),
        // In the last shard, with a user record that belongs to the first.
        KplRecord.of(
            List.of(
                user("here").withHashKey(LAST_HASH),
                user("elsewhere").withHashKey(BigInteger.ZERO))));
  }

  private static KinesisPut user(String text) {
    return KinesisPut.of(text, text.getBytes(UTF_8));
  }

  private static List<KinesisPut> numbered(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i -> i % 7 == 0 ? KplRecord.of(List.of(user("a" + i), user("b" + i))) : user("" + i))
        .collect(Collectors.toList());
  }

  private static List<RawRecord> records(KinesisStream stream) throws Exception {
    List<RawRecord> records =
        stream.records().stream()
            .map(record -> expected(stream, record))
            .collect(Collectors.toList());
    assertThat(records).isNotEmpty();
    return records;
  }

  private static boolean past(KinesisRecord record) {
    return System.currentTimeMillis() > record.arrival().toEpochMilli();
  }

  /** Aggregates by their envelope, with any message in it. */
  private static final class KplBytesOf {
    static byte[] message(byte[] message) {
      try {
        byte[] digest = java.security.MessageDigest.getInstance("MD5").digest(message);
        byte[] magic = KplRecord.of(List.of(user("x"))).data();
        java.nio.ByteBuffer all = java.nio.ByteBuffer.allocate(4 + message.length + digest.length);
        all.put(magic, 0, 4).put(message).put(digest);
        assertThat(KplAggregate.isAggregate(all.array())).isTrue();
        return all.array();
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
