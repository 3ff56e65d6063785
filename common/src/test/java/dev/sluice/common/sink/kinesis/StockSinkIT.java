package dev.sluice.common.sink.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.generated.GeneratedSource;
import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsSink;
import org.apache.flink.connector.kinesis.sink.PartitionKeyGenerator;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why there is a sink of our own: the same records and the same failures, once with each. */
@Timeout(180)
class StockSinkIT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  private static final String REGION = "us-east-2";
  private static final String THROTTLED = "ProvisionedThroughputExceededException";
  private static final int RECORDS = 800;
  private static final int KEYS = 50;
  private static LocalKinesis kinesis;

  @BeforeAll
  static void start() throws Exception {
    kinesis = LocalKinesis.start();
  }

  @AfterAll
  static void stop() {
    kinesis.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"requests", "entries"})
  void theStockSinkLosesTheOrderOfKeysWhenPutsFail(String what) throws Exception {
    Map<String, List<String>> found = run("stock", what, StockSinkIT::stockSink);

    assertThat(found.values().stream().mapToInt(List::size).sum()).isEqualTo(RECORDS);
    assertThat(found).isNotEqualTo(expected());
  }

  @ParameterizedTest
  @ValueSource(strings = {"requests", "entries"})
  void theOrderedSinkKeepsIt(String what) throws Exception {
    assertThat(run("ordered", what, StockSinkIT::orderedSink)).isEqualTo(expected());
  }

  private interface Writing {
    void write(DataStream<RawRecord> records, String stream, String endpoint);
  }

  /** First copies by key, of a run in which every third request fails, or one entry of ten. */
  private static Map<String, List<String>> run(String sink, String what, Writing writing)
      throws Exception {
    String name = sink + "-" + what;
    KinesisStream stream = kinesis.createStream(REGION, name, 2);
    try (FaultProxy proxy = FaultProxy.start(kinesis.endpoint(), 3)) {
      Fault fault =
          proxy.add(
              what.equals("requests")
                  ? FaultRule.of(FaultAction.answer(400, THROTTLED), "PutRecords").every(3)
                  : FaultRule.of(FaultAction.failEntries(0.1, THROTTLED), "PutRecords"));
      StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
      env.setParallelism(1);
      writing.write(
          GeneratedSource.of(i -> new RawRecord(("n" + i).getBytes(UTF_8), 0L, "key " + i % KEYS))
              .records(RECORDS)
              .addTo(env, "records"),
          name,
          proxy.endpoint().toString());
      env.execute();

      assertThat(fault.fired()).isPositive();
    }
    return firstCopies(stream);
  }

  private static void orderedSink(DataStream<RawRecord> records, String stream, String endpoint) {
    StreamAddress address =
        StreamAddress.of(REGION, stream)
            .at(endpoint)
            .withKeys(LocalKinesis.ACCESS_KEY, LocalKinesis.SECRET_KEY);
    OrderedKinesisSink.to(
            address.writer(), (RawRecord r) -> new StreamEntry(r.data, r.source, null))
        .with(PutSettings.defaults().requests(4, 20, 1 << 20))
        .on(
            records.keyBy(r -> r.source, Types.STRING),
            (r, placement) -> placement.sequenceNumber(),
            Types.STRING,
            "write");
  }

  @SuppressWarnings("deprecation") // by name, as the ordered one
  private static void stockSink(DataStream<RawRecord> records, String stream, String endpoint) {
    Properties client = new Properties();
    client.setProperty("aws.region", REGION);
    client.setProperty("aws.endpoint", endpoint);
    client.setProperty("aws.credentials.provider", "BASIC");
    client.setProperty("aws.credentials.provider.basic.accesskeyid", LocalKinesis.ACCESS_KEY);
    client.setProperty("aws.credentials.provider.basic.secretkey", LocalKinesis.SECRET_KEY);
    client.setProperty("aws.http.protocol.version", "HTTP1_1");
    records.sinkTo(
        KinesisStreamsSink.<RawRecord>builder()
            .setStreamName(stream)
            .setSerializationSchema((SerializationSchema<RawRecord>) r -> r.data)
            .setPartitionKeyGenerator((PartitionKeyGenerator<RawRecord>) r -> r.source)
            .setKinesisClientProperties(client)
            .setMaxBatchSize(20)
            .setMaxInFlightRequests(4)
            .build());
  }

  private static Map<String, List<String>> expected() {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (int i = 0; i < RECORDS; i++) {
      byKey.computeIfAbsent("key " + i % KEYS, key -> new ArrayList<>()).add("n" + i);
    }
    return byKey;
  }

  private static Map<String, List<String>> firstCopies(KinesisStream stream) throws Exception {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (KinesisRecord record : stream.records()) {
      List<String> seen = byKey.computeIfAbsent(record.partitionKey(), key -> new ArrayList<>());
      String text = new String(record.data(), UTF_8);
      if (!seen.contains(text)) {
        seen.add(text);
      }
    }
    return byKey;
  }
}
