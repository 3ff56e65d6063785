package dev.sluice.common.sink.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class AwsStreamClientIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String REGION = "us-east-2";
  private static LocalKinesis kinesis;

  @BeforeAll
  static void start() throws Exception {
    kinesis = LocalKinesis.start();
  }

  @AfterAll
  static void stop() {
    kinesis.close();
  }

  @Test
  void keepsBytesKeysAndHashKeys() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "fidelity", 2);
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    BigInteger last = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    List<StreamEntry> entries =
        List.of(
            new StreamEntry(all, "Zürich \u65e5\u672c \ud83d\ude80", "0"),
            new StreamEntry(new byte[0], "empty", last.toString()),
            new StreamEntry(new byte[1_000_000], "large", "0"),
            new StreamEntry(new byte[3 << 20], "larger than the stream takes", "0"));

    List<EntryResult> results = put(kinesis.endpoint(), "fidelity", entries, LIMIT);

    assertThat(results.subList(0, 3)).extracting(EntryResult::failure).containsOnlyNulls();
    assertThat(results.get(3).failure().kind()).isEqualTo(FailureKind.REFUSED);
    List<KinesisRecord> first = stream.records("shardId-000000000000");
    List<KinesisRecord> second = stream.records("shardId-000000000001");
    assertThat(first).hasSize(2);
    assertThat(first.get(0).data()).isEqualTo(all);
    assertThat(first.get(0).partitionKey()).isEqualTo("Zürich \u65e5\u672c \ud83d\ude80");
    assertThat(first.get(1).data()).hasSize(1_000_000);
    assertThat(second.get(0).data()).isEmpty();
    assertThat(results.get(1).shardId()).isEqualTo("shardId-000000000001");
    assertThat(results.get(0).sequenceNumber()).isEqualTo(first.get(0).position().sequenceNumber());
  }

  @Test
  void sortsTheFailuresOfRequests() throws Exception {
    kinesis.createStream(REGION, "failures", 1);
    try (FaultProxy proxy = FaultProxy.start(kinesis.endpoint(), 1)) {
      assertThat(kind(proxy, FaultAction.answer(400, "ProvisionedThroughputExceededException")))
          .isEqualTo(FailureKind.THROTTLED);
      assertThat(kind(proxy, FaultAction.answer(500, "InternalFailure")))
          .isEqualTo(FailureKind.TRANSIENT);
      assertThat(kind(proxy, FaultAction.answer(503, "ServiceUnavailable")))
          .isEqualTo(FailureKind.TRANSIENT);
      assertThat(kind(proxy, FaultAction.reset())).isEqualTo(FailureKind.TRANSIENT);
      assertThat(kind(proxy, FaultAction.hang())).isEqualTo(FailureKind.TRANSIENT);
      assertThat(kind(proxy, FaultAction.answer(400, "ValidationException")))
          .isEqualTo(FailureKind.REFUSED);
      assertThat(kind(proxy, FaultAction.answer(400, "AccessDeniedException")))
          .isEqualTo(FailureKind.FATAL);
    }
  }

  /** The client speaks CBOR. */
  @ParameterizedTest
  @CsvSource({"ProvisionedThroughputExceededException, THROTTLED", "InternalFailure, TRANSIENT"})
  void tellsEntriesThatFailFromThoseThatAreStored(String code, FailureKind kind) throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, code, 2);
    List<StreamEntry> entries =
        IntStream.range(0, 100).mapToObj(i -> OrderedPutsTest.entry("ü" + i, "n" + i)).toList();
    try (FaultProxy proxy = FaultProxy.start(kinesis.endpoint(), 1)) {
      Fault fault = proxy.add(FaultRule.of(FaultAction.failEntries(0.4, code), "PutRecords"));

      List<EntryResult> results = put(proxy.endpoint(), code, entries, LIMIT);

      List<String> stored = new ArrayList<>();
      for (int i = 0; i < results.size(); i++) {
        EntryResult result = results.get(i);
        if (result.failure() == null) {
          stored.add("ü" + i + "@" + result.sequenceNumber());
        } else {
          assertThat(result.failure().kind()).isEqualTo(kind);
          assertThat(result.failure().code()).isEqualTo(code);
        }
      }
      assertThat(stored).hasSize(100 - (int) fault.failedEntries()).hasSizeBetween(40, 80);
      assertThat(stream.records())
          .extracting(r -> r.partitionKey() + "@" + r.position().sequenceNumber())
          .containsExactlyInAnyOrderElementsOf(stored);
    }
  }

  @Test
  void aWriteThatTookEffectAndAnswersWithAnErrorIsTransient() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "ambiguous", 1);
    try (FaultProxy proxy = FaultProxy.start(kinesis.endpoint(), 1)) {
      proxy.add(FaultRule.of(FaultAction.forwardThenAnswer(500, "InternalFailure"), "PutRecords"));

      assertThatThrownBy(() -> put(proxy.endpoint(), "ambiguous", List.of(entry()), LIMIT))
          .cause()
          .isInstanceOfSatisfying(
              PutFailedException.class,
              failure -> assertThat(failure.failure().kind()).isEqualTo(FailureKind.TRANSIENT));
    }
    assertThat(stream.records()).hasSize(1);
  }

  @Test
  void aMissingStreamIsFatal() {
    assertThatThrownBy(() -> put(kinesis.endpoint(), "missing", List.of(entry()), LIMIT))
        .cause()
        .isInstanceOfSatisfying(
            PutFailedException.class,
            failure -> {
              assertThat(failure.failure().kind()).isEqualTo(FailureKind.FATAL);
              assertThat(failure.failure().code()).isEqualTo("ResourceNotFoundException");
            });
  }

  @Test
  void anUnreachableServerIsTransient() {
    assertThatThrownBy(() -> put(URI.create("http://127.0.0.1:1"), "any", List.of(entry()), LIMIT))
        .cause()
        .isInstanceOfSatisfying(
            PutFailedException.class,
            failure -> assertThat(failure.failure().kind()).isEqualTo(FailureKind.TRANSIENT));
  }

  private static FailureKind kind(FaultProxy proxy, FaultAction action) throws Exception {
    var fault = proxy.add(FaultRule.of(action, "PutRecords"));
    try {
      put(proxy.endpoint(), "failures", List.of(entry()), Duration.ofSeconds(2));
      throw new AssertionError("Put in spite of " + action);
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(PutFailedException.class);
      return ((PutFailedException) e.getCause()).failure().kind();
    } finally {
      fault.disable();
      fault.release();
    }
  }

  private static List<EntryResult> put(
      URI endpoint, String stream, List<StreamEntry> entries, Duration limit) throws Exception {
    StreamAddress address =
        StreamAddress.of(REGION, stream)
            .at(endpoint.toString())
            .withKeys(LocalKinesis.ACCESS_KEY, LocalKinesis.SECRET_KEY)
            .timeout(limit);
    try (StreamClient client = address.writer().open()) {
      return client.put(entries).get();
    }
  }

  private static StreamEntry entry() {
    return OrderedPutsTest.entry("key", "text");
  }
}
