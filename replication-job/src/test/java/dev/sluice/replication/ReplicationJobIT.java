package dev.sluice.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.JobArguments;
import dev.sluice.local.KinesisPut;
import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisShard;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.KplRecord;
import dev.sluice.local.LocalKinesis;
import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import dev.sluice.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
class ReplicationJobIT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(3)
              .build());

  private static final String POLLING = "--kinesis.reader=polling";

  /** So few that a parent needs several polls, in which its children could overtake it. */
  private static final String FEW = "--kinesis.poll-records=25";

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int KEYS = 80;
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
  void keepsOrderAndLosesNothingOverFailuresRestartsAndReshardingOfBothStreams() throws Exception {
    try (FaultProxy proxy = FaultProxy.start(kinesis.endpoint(), 7)) {
      TwoRegions regions = new TwoRegions(kinesis, proxy.endpoint(), "hard", 2, folder);
      Fault denied = badDays(proxy);
      produce(regions.source, 0, 200);
      regions.source.split(regions.source.openShards().get(0));
      produce(regions.source, 200, 400);
      JobClient job = regions.start(2, POLLING, FEW);
      awaitRecords(regions.target, 300);
      regions.target.split(regions.target.openShards().get(1));
      List<KinesisShard> open = regions.source.openShards();
      regions.source.merge(open.get(1), open.get(2));
      produce(regions.source, 400, 700);
      awaitRecords(regions.target, 700);
      denied.disable(); // or the savepoint could fail
      regions.stop(job);
      produce(regions.source, 700, 800);
      job = regions.start(1, POLLING);
      awaitRecords(regions.target, 800);
      job.cancel().get();

      assertThat(TwoRegions.firstCopies(regions.target)).isEqualTo(expected(800));
      assertThat(denied.fired()).as("failures of the job").isEqualTo(2);
      assertThat(checkedCuts(regions)).as("positions").isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"polling", "enhanced-fan-out"})
  void copiesBytesAndKeysAndTellsWhatItDoes(String reader) throws Exception {
    TwoRegions regions = new TwoRegions(kinesis, kinesis.endpoint(), reader, 2, folder);
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    BigInteger last = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    regions.source.put("\u65e5\u672c \ud83d\ude80", all);
    regions.source.put("empty", new byte[0]);
    regions.source.put(
        KplRecord.of(
            List.of(
                KinesisPut.of("first", "one".getBytes(UTF_8)),
                KinesisPut.of("hashed", "two".getBytes(UTF_8)).withHashKey(last))));
    JobClient job =
        regions.start(
            2,
            // Fan-out is what the job does unless it is told.
            reader.equals("polling") ? POLLING : "--kinesis-sink.packing=none",
            "--replication.heartbeat-interval=2 s");
    Await.until(
        "4 records and heartbeats of all lanes",
        LIMIT,
        () ->
            regions.target.records().stream().map(KinesisRecord::partitionKey).distinct().count()
                == 4 + Heartbeat.LANES);
    Await.until("positions", LIMIT, () -> regions.positions().newestFirst().hasNext());
    job.cancel().get();

    List<KinesisRecord> target = regions.target.records();
    assertThat(only(target, "\u65e5\u672c \ud83d\ude80").data()).isEqualTo(all);
    assertThat(only(target, "empty").data()).isEmpty();
    assertThat(text(only(target, "first"))).isEqualTo("one");
    assertThat(text(only(target, "hashed"))).isEqualTo("two");
    assertThat(only(target, "hashed").position().shard())
        .as("where its hash key says")
        .isEqualTo("shardId-000000000001");
    assertThat(target)
        .filteredOn(r -> r.partitionKey().startsWith("sluice-heartbeat-"))
        .extracting(r -> r.position().shard())
        .contains("shardId-000000000000", "shardId-000000000001");
  }

  @Test
  void theAuditFindsTheOneRecordThatIsMissing() throws Exception {
    TwoRegions regions = new TwoRegions(kinesis, kinesis.endpoint(), "audited", 2, folder);
    produce(regions.source, 0, 50);
    produce(regions.target, 0, 50);
    regions.source.split(regions.source.openShards().get(0));
    assertThat(audit(regions)).contains(", 0 differ").contains("source 50  target 50");

    regions.source.put("k", "lost".getBytes(UTF_8));

    assertThatThrownBy(() -> audit(regions))
        .isInstanceOf(AuditCommand.DifferenceException.class)
        .hasMessageContaining("1 windows differ");
  }

  private static String audit(TwoRegions regions) throws Exception {
    List<String> args = new ArrayList<>(regions.addresses());
    Instant now = Instant.now();
    args.add("--audit.from=" + now.minusSeconds(600));
    args.add("--audit.to=" + now.plusSeconds(600));
    args.add("--audit.window=2 h");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JobArguments.parse(args.toArray(String[]::new), AuditOptions.ALL, AuditCommand::new)
        .run(new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  private static KinesisRecord only(List<KinesisRecord> records, String key) {
    List<KinesisRecord> found =
        records.stream().filter(record -> record.partitionKey().equals(key)).toList();
    assertThat(found).as(key).isNotEmpty();
    return found.get(0);
  }

  /** Returns what makes the job fail. */
  private static Fault badDays(FaultProxy proxy) {
    proxy.add(FaultRule.of(FaultAction.answer(500, "InternalFailure"), "PutRecords").share(0.05));
    proxy.add(FaultRule.of(FaultAction.answer(503, "Unavailable"), "PutRecords").share(0.05));
    proxy.add(FaultRule.of(FaultAction.forwardThenReset(), "PutRecords").share(0.05));
    proxy.add(FaultRule.of(FaultAction.hang(), "PutRecords").after(5).atMost(1));
    return proxy.add(
        FaultRule.of(FaultAction.answer(400, "AccessDeniedException"), "PutRecords")
            .every(15)
            .atMost(2));
  }

  /**
   * Every record behind the source's side of a line must lie behind the target's side of it, as a
   * consumer sees it that goes on there.
   */
  private static int checkedCuts(TwoRegions regions) throws Exception {
    List<KinesisRecord> source = regions.source.records();
    List<KinesisRecord> target = regions.target.records();
    int checked = 0;
    try (PositionStore store = regions.positions()) {
      for (Iterator<PositionCut> cuts = store.newestFirst(); cuts.hasNext(); checked++) {
        PositionCut cut = cuts.next();
        Set<String> seen = new HashSet<>();
        target.stream().filter(r -> isBehind(r, cut.target())).forEach(r -> seen.add(text(r)));
        List<String> missed =
            source.stream()
                .filter(record -> isBehind(record, cut.source()))
                .map(ReplicationJobIT::text)
                .filter(text -> !seen.contains(text))
                .toList();
        assertThat(missed).as(cut.toString()).isEmpty();
      }
    }
    return checked;
  }

  private static boolean isBehind(KinesisRecord record, Map<String, String> line) {
    String sequence = line.get(record.position().shard());
    return sequence == null
        || new BigInteger(record.position().sequenceNumber()).compareTo(new BigInteger(sequence))
            > 0;
  }

  private static String text(KinesisRecord record) {
    return new String(record.data(), UTF_8);
  }

  private static void produce(KinesisStream stream, int from, int to) throws Exception {
    List<KinesisPut> puts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      puts.add(KinesisPut.of("schlüssel " + i % KEYS, ("n" + i).getBytes(UTF_8)));
    }
    stream.putAll(puts);
  }

  private static Map<String, List<String>> expected(int records) {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (int i = 0; i < records; i++) {
      byKey.computeIfAbsent("schlüssel " + i % KEYS, key -> new ArrayList<>()).add("n" + i);
    }
    return byKey;
  }

  private static void awaitRecords(KinesisStream stream, int records) throws Exception {
    Await.until(
        records + " records in " + stream.name(),
        LIMIT,
        () -> stream.records().stream().map(ReplicationJobIT::text).distinct().count() >= records);
  }
}
