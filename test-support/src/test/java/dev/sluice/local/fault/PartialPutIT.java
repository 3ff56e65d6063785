package dev.sluice.local.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of PutRecords that fail, on the wire before the local Kinesis server. */
class PartialPutIT {
  private static final String REGION = "us-east-1";
  private static final String THROTTLED = "ProvisionedThroughputExceededException";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static LocalKinesis kinesis;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private FaultProxy proxy;

  @BeforeAll
  static void startServer() throws Exception {
    kinesis = LocalKinesis.start();
  }

  @AfterAll
  static void stopServer() {
    kinesis.close();
  }

  @BeforeEach
  void start() throws Exception {
    proxy = FaultProxy.start(kinesis.endpoint(), 42);
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "cbor"})
  void storesTheEntriesThatItSaysAreStoredAndNoOther(String protocol) throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "partial-" + protocol, 2);
    Fault fault = fail(FaultAction.failEntries(0.3, THROTTLED));
    List<String> stored = new ArrayList<>();
    int failed = 0;
    for (int request = 0; request < 5; request++) {
      List<String> keys = keys(request * 40, 40);

      JsonNode answer = put(stream, keys, protocol);

      JsonNode results = answer.path("Records");
      assertThat(results).hasSize(40);
      int inThisOne = 0;
      for (int i = 0; i < 40; i++) {
        JsonNode result = results.path(i);
        if (result.hasNonNull("ErrorCode")) {
          assertThat(result.path("ErrorCode").asText()).isEqualTo(THROTTLED);
          assertThat(result.hasNonNull("SequenceNumber")).isFalse();
          inThisOne++;
        } else {
          stored.add(keys.get(i) + "@" + result.path("SequenceNumber").asText());
        }
      }
      assertThat(answer.path("FailedRecordCount").asInt()).isEqualTo(inThisOne);
      failed += inThisOne;
    }

    assertThat(stream.records())
        .extracting(r -> r.partitionKey() + "@" + r.position().sequenceNumber())
        .containsExactlyInAnyOrderElementsOf(stored);
    assertThat(failed).isBetween(35, 85);
    assertThat(fault.failedEntries()).isEqualTo(failed);
  }

  @Test
  void failsTheSameEntriesForTheSameSeed() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "seeded", 1);
    List<List<String>> codes = new ArrayList<>();
    for (int seed : new int[] {7, 7, 8}) {
      proxy.close();
      proxy = FaultProxy.start(kinesis.endpoint(), seed);
      fail(FaultAction.failEntries(0.5, "InternalFailure"));
      codes.add(codes(put(stream, keys(0, 60), "json")));
    }

    assertThat(codes.get(1)).isEqualTo(codes.get(0)).contains("InternalFailure", "");
    assertThat(codes.get(2)).isNotEqualTo(codes.get(0));
  }

  @Test
  void failsTheEntriesOfOneKey() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "hot", 1);
    fail(FaultAction.failEntries(1, THROTTLED).ofKey("hot.*"));

    JsonNode answer = put(stream, List.of("cold", "hot", "cool", "hot\n2"), "cbor");

    assertThat(codes(answer)).containsExactly("", THROTTLED, "", THROTTLED);
    assertThat(stream.records())
        .extracting(KinesisRecord::partitionKey)
        .containsExactly("cold", "cool");
  }

  @Test
  void throttlesWhatIsFasterThanItsRate() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "throttled", 1);
    long start = System.nanoTime();
    Fault fault = fail(FaultAction.throttleEntries(20));
    int requests = 0;
    while (fault.failedEntries() == 0 || stream.records().size() < 45) {
      put(stream, keys(requests++ * 10, 10), "json");
    }

    double seconds = (System.nanoTime() - start) / 1e9;
    int stored = stream.records().size();
    assertThat(stored).isLessThanOrEqualTo((int) (20 + 20 * seconds));
    assertThat(stored + fault.failedEntries()).isEqualTo(requests * 10L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "cbor"})
  void forwardsNoRequestOfWhichAllEntriesFail(String protocol) throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "none-" + protocol, 1);
    Fault fault = fail(FaultAction.failEntries(1, THROTTLED));

    JsonNode answer = put(stream, keys(0, 3), protocol);

    assertThat(codes(answer)).containsExactly(THROTTLED, THROTTLED, THROTTLED);
    assertThat(answer.path("FailedRecordCount").asInt()).isEqualTo(3);
    fault.disable();
    assertThat(codes(put(stream, keys(3, 2), protocol))).containsExactly("", "");
    assertThat(stream.records()).hasSize(2);
  }

  @Test
  void takesRequestsInChunks() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "chunks", 1);
    fail(FaultAction.failEntries(0.5, THROTTLED));
    byte[] body = JSON.writeValueAsBytes(request(stream, keys(0, 200)));

    JsonNode answer =
        JSON.readTree(
            send(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body)), "json").body());

    assertThat(stream.records()).hasSize(200 - answer.path("FailedRecordCount").asInt());
  }

  @Test
  void passesOnWhatTheServerRefuses() throws Exception {
    fail(FaultAction.failEntries(0.5, THROTTLED));
    byte[] body =
        JSON.writeValueAsBytes(
            request(KinesisStream.of(kinesis.endpoint(), REGION, "missing"), keys(0, 20)));

    HttpResponse<byte[]> answer = send(BodyPublishers.ofByteArray(body), "json");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new String(answer.body(), UTF_8)).contains("ResourceNotFoundException");
  }

  @Test
  void storesAllAndAnswersWithAnError() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "ambiguous", 1);
    proxy.add(
        FaultRule.of(FaultAction.forwardThenAnswer(500, "InternalFailure"), "PutRecords")
            .atMost(1));
    byte[] body = JSON.writeValueAsBytes(request(stream, keys(0, 20)));

    HttpResponse<byte[]> answer = send(BodyPublishers.ofByteArray(body), "json");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(new String(answer.body(), UTF_8)).contains("InternalFailure");
    assertThat(stream.records()).hasSize(20);
  }

  @Test
  void onlyPutRecordsHasEntries() {
    FaultAction action = FaultAction.failEntries(0.5, THROTTLED);

    assertThatThrownBy(() -> FaultRule.of(action)).hasMessageContaining("PutRecords");
    assertThatThrownBy(() -> FaultRule.of(action, "PutRecord", "PutRecords"))
        .hasMessageContaining("PutRecord");
    assertThatThrownBy(() -> FaultAction.reset().ofKey("a")).hasMessageContaining("RESET");
    assertThatThrownBy(() -> FaultAction.failEntries(1.5, THROTTLED)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> FaultAction.throttleEntries(0)).hasMessageContaining("0.0");
  }

  private Fault fail(FaultAction action) {
    return proxy.add(FaultRule.of(action, "PutRecords"));
  }

  private static List<String> keys(int first, int count) {
    List<String> keys = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      keys.add("schlüssel " + i);
    }
    return keys;
  }

  private static ObjectNode request(KinesisStream stream, List<String> keys) {
    ObjectNode request = JSON.createObjectNode().put("StreamName", stream.name());
    ArrayNode records = request.putArray("Records");
    for (String key : keys) {
      records.addObject().put("PartitionKey", key).put("Data", key.getBytes(UTF_8));
    }
    return request;
  }

  private JsonNode put(KinesisStream stream, List<String> keys, String protocol) throws Exception {
    ObjectNode request = request(stream, keys);
    boolean cbor = protocol.equals("cbor");
    byte[] body = cbor ? Cbor.write(request) : JSON.writeValueAsBytes(request);
    HttpResponse<byte[]> answer = send(BodyPublishers.ofByteArray(body), protocol);
    assertThat(answer.statusCode()).isEqualTo(200);
    return cbor ? Cbor.read(answer.body()) : JSON.readTree(answer.body());
  }

  private HttpResponse<byte[]> send(BodyPublisher body, String protocol) throws Exception {
    String scope = LocalKinesis.ACCESS_KEY + "/20260101/" + REGION + "/kinesis/aws4_request";
    return client.send(
        HttpRequest.newBuilder(proxy.endpoint())
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-amz-" + protocol + "-1.1")
            .header("X-Amz-Target", "Kinesis_20131202.PutRecords")
            .header("X-Amz-Date", "20260101T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential="
                    + scope
                    + ", SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=00")
            .POST(body)
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static List<String> codes(JsonNode answer) {
    return StreamSupport.stream(answer.path("Records").spliterator(), false)
        .map(result -> result.path("ErrorCode").asText(""))
        .map(code -> code.equals("null") ? "" : code)
        .toList();
  }
}
