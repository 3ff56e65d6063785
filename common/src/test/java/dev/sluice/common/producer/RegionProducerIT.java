package dev.sluice.common.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.producer.SendResult.Outcome;
import dev.sluice.common.record.StampedRecord;
import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.FileRegister;
import dev.sluice.common.region.RegionChange;
import dev.sluice.common.region.RegionRegister;
import dev.sluice.common.region.RegionState;
import dev.sluice.common.sink.kinesis.PutSettings;
import dev.sluice.common.sink.kinesis.StreamAddress;
import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import dev.sluice.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class RegionProducerIT {
  private static final String WEST = "us-west-2";
  private static final String EAST = "us-east-2";
  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static LocalKinesis kinesis;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    kinesis = LocalKinesis.start();
  }

  @AfterAll
  static void stop() {
    kinesis.close();
  }

  @Test
  void goesOnInTheOtherRegionInOrderWhenTheFirstFailsInMidStream() throws Exception {
    KinesisStream west = kinesis.createStream(WEST, "failover", 2);
    KinesisStream east = kinesis.createStream(EAST, "failover", 3);
    RegionRegister register = register("failover");
    List<CompletableFuture<SendResult>> answers = new ArrayList<>();
    try (FaultProxy proxy = FaultProxy.start(kinesis.endpoint(), 5);
        RegionProducer producer = open(register, "one", "failover", Map.of(WEST, proxy))) {
      send(producer, answers, 500);
      Await.until("first are accepted", LIMIT, () -> answers.get(99).isDone());
      proxy.add(FaultRule.of(FaultAction.forwardThenFail(), "PutRecords").share(0.3));
      proxy.add(FaultRule.of(FaultAction.answer(503, "ServiceUnavailable"), "PutRecords"));
      send(producer, answers, 500);
      Await.until(
          "failures are reported",
          LIMIT,
          () -> producer.status().attempts().get(WEST).failed() > 0);

      move(register, "failover", EAST);
      send(producer, answers, 500);
      Await.until(
          "sends in the other Region and has caught up",
          LIMIT,
          () -> {
            ProducerStatus status = producer.status();
            return status.sendingTo().map(ActiveRegion::region).equals(Optional.of(EAST))
                && status.spooledRecords() == 0
                && status.waitingRecords() == 0;
          });
    }

    assertEveryRecordInOrderAndWhereItsAnswerSays(answers, west, east);
    register.close();
  }

  @Test
  void anOldProducerThatMissedTheFailoverGetsNothingAcceptedInItsStaleEpoch() throws Exception {
    KinesisStream west = kinesis.createStream(WEST, "split-brain", 1);
    KinesisStream east = kinesis.createStream(EAST, "split-brain", 1);
    RegionRegister register = register("split-brain");
    CutOff cutOff = new CutOff(register);
    try (RegionProducer old = open(cutOff, "old", "split-brain", Map.of());
        RegionProducer other = open(register, "other", "split-brain", Map.of())) {
      assertThat(send(old, "old 1").get().outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(send(other, "other 1").get().outcome()).isEqualTo(Outcome.ACCEPTED);

      cutOff.cut = true;
      move(register, "split-brain", EAST);
      List<CompletableFuture<SendResult>> zombie = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        zombie.add(send(old, "old late " + i));
      }
      Await.until(
          "other sends in the new Region",
          LIMIT,
          () -> {
            SendResult result = send(other, "other 2").get();
            return result.outcome() == Outcome.ACCEPTED && result.epoch() == 3;
          });
      for (CompletableFuture<SendResult> each : zombie) {
        assertThat(each.get().outcome()).isEqualTo(Outcome.SPOOLED);
      }
      assertThat(old.status().sendingTo()).isEmpty();

      cutOff.cut = false;
      old.refresh();
      Await.until("old catches up", LIMIT, () -> old.status().spooledRecords() == 0);
      SendResult last = send(old, "old last").get();

      assertThat(last.epoch()).isEqualTo(3);
      assertThat(last.region()).isEqualTo(EAST);
      assertThat(west.records()).hasSize(2);
      assertThat(stamped(east))
          .filteredOn(r -> new String(r.payload(), UTF_8).startsWith("old late"))
          .hasSize(50)
          .allMatch(r -> r.version().epoch() == 1);
    }
    register.close();
  }

  @Test
  void aStreamThatIsMissingCostsNothing() throws Exception {
    RegionRegister register = register("later");
    try (RegionProducer producer = open(register, "one", "later", Map.of())) {
      CompletableFuture<SendResult> first = send(producer, "1");
      Await.until("failure", LIMIT, () -> producer.status().attempts().get(WEST).failed() > 0);
      CompletableFuture<SendResult> second = send(producer, "2");
      assertThat(second.get().outcome()).isEqualTo(Outcome.SPOOLED);
      assertThat(first.get().outcome()).isEqualTo(Outcome.SPOOLED);

      KinesisStream stream = kinesis.createStream(WEST, "later", 1);
      Await.until("both are there", LIMIT, () -> stream.records().size() >= 2);
    }
    register.close();
  }

  @Test
  void whatKinesisForbidsFailsAtOnceAndAClosedProducerTakesNothing() throws Exception {
    RegionRegister register = register("rules");
    RegionProducer producer = open(register, "one", "rules", Map.of());
    try (producer) {
      assertThatThrownBy(() -> producer.send("x".repeat(257), new byte[1]).get())
          .cause()
          .isInstanceOfSatisfying(
              SendFailedException.class,
              e -> assertThat(e.code()).isEqualTo("partition-key-length"));
      assertThatThrownBy(() -> producer.send("key", new byte[10 << 20]).get())
          .cause()
          .isInstanceOfSatisfying(
              SendFailedException.class, e -> assertThat(e.code()).isEqualTo("record-too-large"));
      assertThatThrownBy(() -> open(register, "one", "rules", Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("holds the spool");
    }
    assertThatThrownBy(() -> send(producer, "late")).isInstanceOf(IllegalStateException.class);
    producer.close();
    assertThat(producer.status().waitingRecords()).isZero();
    register.close();
  }

  private static void assertEveryRecordInOrderAndWhereItsAnswerSays(
      List<CompletableFuture<SendResult>> answers, KinesisStream west, KinesisStream east)
      throws Exception {
    Map<String, List<Integer>> seen = new HashMap<>();
    List<KinesisRecord> all = new ArrayList<>(west.records());
    all.addAll(east.records());
    for (KinesisRecord record : all) {
      List<Integer> ofKey = seen.computeIfAbsent(record.partitionKey(), key -> new ArrayList<>());
      int number = number(record);
      if (!ofKey.contains(number)) {
        ofKey.add(number);
      }
    }
    seen.forEach((key, numbers) -> assertThat(numbers).as(key).isSorted());
    assertThat(seen.values().stream().mapToInt(List::size).sum()).isEqualTo(1_500);
    for (int i = 0; i < answers.size(); i++) {
      SendResult result = answers.get(i).join();
      int number = i;
      if (result.outcome() == Outcome.ACCEPTED) {
        KinesisStream stream = result.region().equals(WEST) ? west : east;
        assertThat(stream.records(result.shardId()))
            .anyMatch(
                r ->
                    number(r) == number
                        && r.position().sequenceNumber().equals(result.sequenceNumber()));
      }
    }
  }

  private RegionRegister register(String stream) throws IOException {
    RegionRegister register = FileRegister.in(folder.resolve("register"));
    register.prepare();
    register.change(0, to(stream, WEST, RegionState.ACTIVE));
    return register;
  }

  private static RegionChange to(String stream, String region, RegionState state) {
    return RegionChange.to(stream, region, state, "test", Instant.EPOCH).lease(LEASE);
  }

  /** As a controller does it. */
  private static void move(RegionRegister register, String stream, String to) throws Exception {
    ActiveRegion now = register.read(stream).orElseThrow();
    register.change(now.epoch(), to(stream, now.region(), RegionState.SWITCHING));
    long end = System.nanoTime() + now.lease().toNanos();
    Await.until("the lease has passed", LIMIT, () -> System.nanoTime() > end);
    register.change(now.epoch() + 1, to(stream, to, RegionState.ACTIVE));
  }

  private RegionProducer open(
      RegionRegister register, String name, String stream, Map<String, FaultProxy> proxies)
      throws IOException {
    ProducerSettings settings =
        ProducerSettings.of(stream, name, folder.resolve(name))
            .refreshInterval(Duration.ofMillis(200))
            .closeLimit(Duration.ofSeconds(20))
            .puts(PutSettings.defaults().requests(4, 50, 1 << 20));
    return RegionProducer.open(
        register,
        settings,
        region -> {
          FaultProxy proxy = proxies.get(region);
          return StreamAddress.of(region, stream)
              .at((proxy == null ? kinesis.endpoint() : proxy.endpoint()).toString())
              .withKeys(LocalKinesis.ACCESS_KEY, LocalKinesis.SECRET_KEY)
              .timeout(Duration.ofSeconds(5))
              .writer();
        });
  }

  private static void send(
      RegionProducer producer, List<CompletableFuture<SendResult>> answers, int records)
      throws Exception {
    for (int i = 0; i < records; i++) {
      int number = answers.size();
      answers.add(producer.send("key " + number % 31, String.valueOf(number).getBytes(UTF_8)));
    }
  }

  private static CompletableFuture<SendResult> send(RegionProducer producer, String text)
      throws Exception {
    return producer.send("key", text.getBytes(UTF_8)).orTimeout(60, TimeUnit.SECONDS);
  }

  private static List<StampedRecord> stamped(KinesisStream stream) throws Exception {
    List<StampedRecord> stamped = new ArrayList<>();
    for (KinesisRecord record : stream.records()) {
      stamped.add(StampedRecord.parse(record.data()).orElseThrow());
    }
    return stamped;
  }

  private static int number(KinesisRecord record) {
    byte[] payload = StampedRecord.parse(record.data()).orElseThrow().payload();
    return Integer.parseInt(new String(payload, UTF_8));
  }
}
