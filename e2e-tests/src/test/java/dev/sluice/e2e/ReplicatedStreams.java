package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.KinesisPut;
import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisShard;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.testing.Await;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A stream in each of two Regions, each on a server of its own, a proxy in front of the target, and
 * records with random keys that each count from 1.
 */
final class ReplicatedStreams implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String NAME = "ticks";
  private static final String HOME = "us-west-2";
  private static final String AWAY = "us-east-2";
  private static final int KEYS = 1_000;
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  final KinesisStream source;
  final KinesisStream target;

  /** In front of the target; the producer does not go through it. */
  final FaultProxy proxy;

  private final LocalKinesis home;
  private final LocalKinesis away;
  private final Path folder;
  private final Random random;
  private final Map<String, Integer> sent = new TreeMap<>();
  private int total;
  private long requestsBefore;

  ReplicatedStreams(Path folder, int shards, long seed) throws Exception {
    this.folder = folder;
    this.random = new Random(seed);
    home = LocalKinesis.start();
    away = LocalKinesis.start();
    proxy = FaultProxy.start(away.endpoint(), seed);
    source = home.createStream(HOME, NAME, shards);
    target = away.createStream(AWAY, NAME, shards);
  }

  /** Options of the job, without the reader's. */
  List<String> options(String... more) {
    List<String> options = new ArrayList<>();
    options.addAll(address("kinesis", "streams", HOME, home.endpoint()));
    options.addAll(address("kinesis-sink", "stream", AWAY, proxy.endpoint()));
    options.addAll(
        List.of(
            "--kinesis.discovery-interval=500 ms",
            "--checkpoint.interval=500 ms",
            "--checkpoint.min-pause=100 ms",
            "--positions.path=" + folder.resolve("positions").toUri(),
            "--dead-letters.path=" + folder.resolve("dead-letters").toUri()));
    options.addAll(List.of(more));
    return options;
  }

  private static List<String> address(String group, String stream, String region, URI endpoint) {
    return List.of(
        "--" + group + "." + stream + "=" + NAME,
        "--" + group + ".region=" + region,
        "--" + group + ".endpoint=" + endpoint,
        "--" + group + ".access-key-id=" + LocalKinesis.ACCESS_KEY,
        "--" + group + ".secret-access-key=" + LocalKinesis.SECRET_KEY);
  }

  /** Puts records of random keys. */
  void put(int records) throws Exception {
    requestsBefore = proxy.requests("PutRecords");
    List<KinesisPut> puts = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      String key = "schlüssel " + random.nextInt(KEYS);
      int number = sent.merge(key, 1, Integer::sum);
      puts.add(KinesisPut.of(key, Integer.toString(number).getBytes(UTF_8)));
    }
    source.putAll(puts);
    total += records;
  }

  /** Splits the first shard that takes records. */
  static void splitFirst(KinesisStream stream) throws Exception {
    stream.split(stream.openShards().get(0));
  }

  /** Merges the last two shards that take records. */
  static void mergeLast(KinesisStream stream) throws Exception {
    List<KinesisShard> open = stream.openShards();
    stream.merge(open.get(open.size() - 2), open.get(open.size() - 1));
  }

  /** Returns when so many requests have reached the target since the last put: the copy goes on. */
  void awaitPuts(int more) throws Exception {
    long wanted = requestsBefore + more;
    Await.until(more + " more PutRecords", LIMIT, () -> proxy.requests("PutRecords") >= wanted);
  }

  /** Returns when the target has a copy of each record. */
  void awaitAllCopied() throws Exception {
    long[] next = {System.nanoTime()};
    Await.until(
        total + " records in the target",
        LIMIT,
        () -> {
          if (System.nanoTime() < next[0]) {
            return false; // the server has other things to do than to answer this
          }
          int found = numbers().values().stream().mapToInt(ReplicatedStreams::distinct).sum();
          next[0] = System.nanoTime() + LOOK_NANOS;
          if (found < total) {
            throw new AssertionError(found + " are there");
          }
          return true;
        });
  }

  /**
   * Each record is there; those of a key follow each other without a gap, but for steps back, from
   * where they follow each other again. So first copies are in order, and so is each repetition.
   *
   * @return how many copies there are beyond one of each record
   */
  int assertInOrder() throws Exception {
    Map<String, List<Integer>> numbers = numbers();
    Map<String, Integer> last = new HashMap<>();
    int copies = 0;
    for (Map.Entry<String, List<Integer>> each : numbers.entrySet()) {
      int before = 0;
      for (int number : each.getValue()) {
        assertThat(number)
            .as("'%s' goes on behind %d: %s", each.getKey(), before, each.getValue())
            .isBetween(1, before + 1);
        before = number;
      }
      copies += each.getValue().size();
      last.put(each.getKey(), each.getValue().stream().mapToInt(Integer::intValue).max().orElse(0));
    }
    assertThat(last).isEqualTo(sent);
    return copies - total;
  }

  private static int distinct(List<Integer> numbers) {
    return (int) numbers.stream().distinct().count();
  }

  /** By key, in the order of the target: parents' records before their children's. */
  private Map<String, List<Integer>> numbers() throws Exception {
    Map<String, List<Integer>> numbers = new HashMap<>();
    for (KinesisRecord record : target.records()) {
      numbers
          .computeIfAbsent(record.partitionKey(), key -> new ArrayList<>())
          .add(Integer.parseInt(new String(record.data(), UTF_8)));
    }
    return numbers;
  }

  @Override
  public void close() throws Exception {
    proxy.close();
    away.close();
    home.close();
  }
}
