package dev.sluice.partitioning;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.local.KinesisPut;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.KplRecord;
import dev.sluice.local.LocalKinesis;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.Ledger;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts events, aggregates of events, and what is no event, and knows what must come of them: each
 * once, in an object of its partition or as a dead letter.
 */
final class StreamOfEvents {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BigInteger LAST_HASH =
      BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

  private final KinesisStream stream;
  private final Set<String> expected = new LinkedHashSet<>();
  private int next;

  StreamOfEvents(KinesisStream stream) {
    this.stream = stream;
  }

  static List<String> options(LocalKinesis kinesis, String region, String stream) {
    return List.of(
        "--source.type=kinesis",
        "--kinesis.streams=" + stream,
        "--kinesis.region=" + region,
        "--kinesis.endpoint=" + kinesis.endpoint(),
        "--kinesis.access-key-id=" + LocalKinesis.ACCESS_KEY,
        "--kinesis.secret-access-key=" + LocalKinesis.SECRET_KEY,
        "--kinesis.poll-interval=500 ms",
        "--kinesis.discovery-interval=1 s",
        "--partition.query={customer_id: .customer_id}",
        "--output.prefix=data/!{partitionKeyFromQuery:customer_id}/",
        "--output.error-prefix=errors/",
        "--buffer.interval=1 s");
  }

  /** Puts so many records; some have several events in them. */
  void put(int records) throws Exception {
    List<KinesisPut> puts = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      switch (i % 10) {
        case 3:
          puts.add(aggregate());
          break;
        case 5:
          puts.add(letter(new byte[] {(byte) 0xff, 0, '\n', (byte) next, (byte) (next >> 8)}));
          break;
        case 7:
          puts.add(letter(("{\"id\": " + next + ", \"customerID\": 1000}").getBytes(UTF_8)));
          break;
        default:
          puts.add(event());
      }
    }
    stream.putAll(puts);
  }

  int expected() {
    return expected.size();
  }

  Ledger ledger(FinishedFiles files) {
    return Ledger.of(expected).record(files, StreamOfEvents::key);
  }

  /** In the last shard, with user records of the first. */
  private KinesisPut aggregate() {
    return KplRecord.of(
        List.of(
            event().withHashKey(LAST_HASH),
            event().withHashKey(BigInteger.ZERO),
            event(),
            event()));
  }

  private KinesisPut event() {
    String id = Integer.toString(next++);
    expected.add(id);
    String json = "{\"id\": \"" + id + "\", \"customer_id\": \"c" + id.hashCode() % 5 + "\"}";
    return KinesisPut.of("k" + id, json.getBytes(UTF_8));
  }

  private KinesisPut letter(byte[] data) {
    next++;
    expected.add(Base64.getEncoder().encodeToString(data));
    return KinesisPut.of("k" + next, data);
  }

  private static String key(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      return (json.has("rawData") ? json.path("rawData") : json.required("id")).asText();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
