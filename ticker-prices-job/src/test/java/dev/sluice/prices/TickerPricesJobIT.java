package dev.sluice.prices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.dynamodb.TableAddress;
import dev.sluice.common.record.RecordVersion;
import dev.sluice.common.record.StampedRecord;
import dev.sluice.local.KinesisPut;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalDynamoDb;
import dev.sluice.local.LocalKinesis;
import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import dev.sluice.testing.Await;
import dev.sluice.testing.FinishedFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
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
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

@Timeout(240)
class TickerPricesJobIT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(8)
              .build());

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String WEST = "us-west-2";
  private static final String EAST = "us-east-2";
  private static final int TICKERS = 12;
  private static LocalKinesis kinesis;
  private static LocalDynamoDb dynamoDb;
  private static DynamoDbAsyncClient table;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    kinesis = LocalKinesis.start();
    dynamoDb = LocalDynamoDb.start();
    table = address("any").open();
  }

  @AfterAll
  static void stop() {
    table.close();
    dynamoDb.close();
    kinesis.close();
  }

  /**
   * Records of two producers over three epochs, shuffled, three times each, in the streams of both
   * Regions, read by two jobs at once; writes are throttled, fail, are made without an answer, land
   * late, and are refused once, so that a task fails and its job goes on from a checkpoint.
   */
  @Test
  void theTableEndsWithTheGreatestVersionOfEachTickerWhateverHappens() throws Exception {
    createTable("exact");
    Random random = new Random(16);
    Map<String, RecordVersion> newest = new TreeMap<>();
    Map<String, String> prices = new HashMap<>();
    List<byte[]> records = records(random, newest, prices);

    try (FaultProxy proxy = FaultProxy.start(dynamoDb.endpoint(), 16)) {
      Fault denied = addFaults(proxy);
      Fault late = proxy.add(FaultRule.of(FaultAction.holdRequest(), "PutItem").share(0.01));
      List<JobClient> jobs = new ArrayList<>();
      int written = 0;
      for (String region : List.of(WEST, EAST)) {
        KinesisStream stream = kinesis.createStream(region, "exact", 3);
        jobs.add(start(region, "exact", proxy.endpoint().toString()));
        for (int replay = 0; replay < 3; replay++) {
          Collections.shuffle(records, random);
          List<KinesisPut> puts = new ArrayList<>();
          records.forEach(r -> puts.add(KinesisPut.of("k" + random.nextInt(50), r)));
          written += stream.putAll(puts).size();
        }
      }
      int all = written;
      Await.until("all is asked for", LIMIT, () -> proxy.requests("PutItem") >= all);
      Await.until("the table is exact", LIMIT, () -> versions("exact").equals(newest));
      for (JobClient job : jobs) {
        job.cancel().get();
      }
      late.release();
      Await.until("nothing is held", LIMIT, () -> late.held() == 0);
      assertThat(denied.fired()).as("a task has failed").isEqualTo(1);
    }

    assertThat(versions("exact")).isEqualTo(newest);
    scan("exact")
        .forEach(
            item -> {
              assertThat(item.get("price").n()).isEqualTo(prices.get(item.get("ticker").s()));
              assertThat(item.get("last_updated_region").s()).isIn(WEST, EAST);
            });
  }

  private static List<byte[]> records(
      Random random, Map<String, RecordVersion> newest, Map<String, String> prices) {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String ticker = "T" + random.nextInt(TICKERS);
      RecordVersion version =
          new RecordVersion(
              9 + 2 * random.nextInt(3), 95 + random.nextInt(40), random.nextBoolean() ? "p" : "q");
      String price = String.valueOf(100 + i);
      RecordVersion known = newest.get(ticker);
      if (version.equals(known)) {
        continue; // no two records have one version
      }
      if (known == null || known.compareTo(version) < 0) {
        newest.put(ticker, version);
        prices.put(ticker, price);
      }
      records.add(record(ticker, price, version));
    }
    return records;
  }

  /** All of writes; gives the one that fails a task. */
  private static Fault addFaults(FaultProxy proxy) {
    Fault denied =
        proxy.add(
            FaultRule.of(FaultAction.answer(400, "AccessDeniedException")).after(200).atMost(1));
    proxy.add(FaultRule.of(FaultAction.forwardThenFail()).share(0.1));
    proxy.add(FaultRule.of(FaultAction.forwardThenReset()).share(0.03));
    proxy.add(
        FaultRule.of(FaultAction.answer(400, "ProvisionedThroughputExceededException"))
            .share(0.15));
    proxy.add(FaultRule.of(FaultAction.answer(400, "ThrottlingException")).share(0.05));
    proxy.add(FaultRule.of(FaultAction.internalError()).share(0.1));
    proxy.add(FaultRule.of(FaultAction.holdResponse()).share(0.01));
    return denied;
  }

  @Test
  void whatIsNoTickIsADeadLetterAndAMissingTableFailsTheJobUntilItIsThere() throws Exception {
    KinesisStream stream = kinesis.createStream(WEST, "poison", 1);
    RecordVersion version = new RecordVersion(1, 1, "p");
    stream.put(KinesisPut.of("k", "no stamp".getBytes(UTF_8)));
    stream.put(KinesisPut.of("k", record("A", "7", version)));
    JobClient job = start(WEST, "poison", dynamoDb.endpoint().toString());
    createTable("poison");

    Await.until("the tick", LIMIT, () -> versions("poison").equals(Map.of("A", version)));
    Await.until(
        "the dead letter",
        LIMIT,
        () ->
            FinishedFiles.in(folder.resolve("dead-letters")).lines().stream()
                .anyMatch(line -> line.text().contains("no-version")));
    job.cancel().get();
    assertThat(scan("poison").get(0).get("last_updated_region").s()).isEqualTo(WEST);
  }

  private JobClient start(String region, String name, String endpoint) throws Exception {
    Configuration config = new Configuration();
    config.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    config.set(PipelineOptions.GENERIC_TYPES, false);
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1_000);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
    env.setParallelism(2);
    String[] args = {
      "--kinesis.streams=" + name,
      "--kinesis.region=" + region,
      "--kinesis.endpoint=" + kinesis.endpoint(),
      "--kinesis.access-key-id=" + LocalKinesis.ACCESS_KEY,
      "--kinesis.secret-access-key=" + LocalKinesis.SECRET_KEY,
      "--prices.table=" + name,
      "--prices.region=" + EAST,
      "--prices.endpoint=" + endpoint,
      "--prices.access-key-id=" + LocalDynamoDb.ACCESS_KEY,
      "--prices.secret-access-key=" + LocalDynamoDb.SECRET_KEY,
      "--prices.request-timeout=1 s",
      "--prices.in-flight=20",
      "--dead-letters.path=" + folder.resolve("dead-letters").toUri()
    };
    TickerPricesJob.assemble(
        env, JobArguments.parse(args, TickerPricesOptions.ALL, TickerPricesSettings::new));
    return env.executeAsync();
  }

  private static byte[] record(String ticker, String price, RecordVersion version) {
    String json = "{\"ticker\":\"" + ticker + "\",\"price\":" + price + "}";
    return new StampedRecord(version, json.getBytes(UTF_8)).toBytes();
  }

  private static TableAddress address(String name) {
    return TableAddress.of(EAST, name)
        .at(dynamoDb.endpoint().toString())
        .timeout(Duration.ofSeconds(20))
        .withKeys(LocalDynamoDb.ACCESS_KEY, LocalDynamoDb.SECRET_KEY);
  }

  private static void createTable(String name) throws Exception {
    table
        .createTable(
            CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("ticker")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder()
                        .attributeName("ticker")
                        .keyType(KeyType.HASH)
                        .build())
                .build())
        .get();
  }

  private static List<Map<String, AttributeValue>> scan(String name) throws Exception {
    return table.scan(r -> r.tableName(name).consistentRead(true)).get().items();
  }

  private static Map<String, RecordVersion> versions(String name) throws Exception {
    Map<String, RecordVersion> versions = new TreeMap<>();
    for (Map<String, AttributeValue> item : scan(name)) {
      versions.put(
          item.get("ticker").s(),
          new RecordVersion(
              Long.parseLong(item.get("epoch").n()),
              Long.parseLong(item.get("sequence").n()),
              item.get("producer").s()));
    }
    return versions;
  }
}
