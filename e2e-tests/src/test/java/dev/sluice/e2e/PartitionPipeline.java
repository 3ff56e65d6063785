package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Await;
import dev.sluice.testing.LocalS3;
import dev.sluice.testing.cluster.FlinkJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The partitioned sink as built, from one folder of a bucket to another bucket, on a cluster that
 * others use before and after; and the account of what went in and what came out.
 */
final class PartitionPipeline {
  static final Duration LIMIT = Duration.ofMinutes(4);
  static final String SINK = "write partitions";
  private static final String MAIN = "dev.sluice.partitioning.PartitionedSinkJob";
  static final String EVENTS = "events";
  private static final Pattern OBJECT =
      Pattern.compile("(data/customer_id=[^/]+|errors/[^/]+)/sluice-1(-\\d+){6}(-[0-9a-f]+){5}");

  final S3Cluster all;
  final String bucket;
  private final Path copies;
  private final Random random;
  private final List<String> options = new ArrayList<>();

  /** Partition of each record by its id; {@code errors} for those without a customer. */
  private final Map<Integer, String> inputs = new TreeMap<>();

  /** What was fetched: the number of its records by its key. */
  private final Map<String, Integer> finished = new TreeMap<>();

  /**
   * @param bucket of the output, and folder of the input
   */
  PartitionPipeline(S3Cluster all, String bucket, Path work, Random random) {
    this.all = all;
    this.bucket = bucket;
    this.random = random;
    copies = work.resolve(bucket);
    all.s3.createBucket(bucket);
    options.addAll(
        List.of(
            "--input.path=s3://" + EVENTS + "/" + bucket,
            "--input.suffixes=.jsonl", // the server also lists what it is writing
            "--input.discovery-interval=300 ms",
            "--output.path=s3://" + bucket + "/",
            "--partition.query={customer_id: .customer_id}",
            "--output.prefix=data/customer_id=!{partitionKeyFromQuery:customer_id}/",
            "--output.error-prefix=errors/!{firehose:error-output-type}/",
            "--buffer.size=64 kb",
            "--buffer.interval=2 s",
            "--buffer.memory=16 mb",
            "--upload.threads=4",
            "--checkpoint.interval=500 ms",
            "--checkpoint.min-pause=100 ms",
            "--checkpoint.tolerable-failures=100"));
  }

  /** Sets options, over those that are there; one without a value is left out. */
  PartitionPipeline with(String... more) {
    for (String option : more) {
      String key = option.substring(0, option.indexOf('=') + 1);
      options.removeIf(other -> other.startsWith(key));
      if (!option.endsWith("=")) {
        options.add(option);
      }
    }
    return this;
  }

  /** Runs the job on what is there and what comes; null starts without state. */
  FlinkJob start(int parallelism, String savepoint) throws Exception {
    FlinkJob job = all.cluster.run(all.jarId, MAIN, parallelism, savepoint, options);
    job.awaitAllTasksRunning(LIMIT);
    return job;
  }

  /** Aborts uploads below the output by the command as built, and returns what it prints. */
  String sweep(Duration olderThan) throws Exception {
    Path module = S3Cluster.repository().resolve("partitioned-sink-job");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                S3Cluster.shadedJar("partitioned-sink-job")
                    + ":"
                    + module.resolve("target/flink/*"),
                MAIN,
                "sweep",
                "--output.path=s3://" + bucket + "/",
                "--buffer.interval=1 s",
                "--checkpoint.interval=500 ms", // as the job has it
                "--checkpoint.timeout=1 s",
                "--sweep.older-than=" + olderThan.toMillis() + " ms"));
    LocalS3.flinkConfiguration(all.s3.endpoint())
        .toMap()
        .forEach((key, value) -> command.add("--flink." + key + "=" + value));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("FLINK_PLUGINS_DIR", module.resolve("target/plugins").toString());
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  /** Puts objects of records, each with an id of its own; one in fifty has no customer. */
  void put(int objects, int recordsEach) {
    for (int object = 0; object < objects; object++) {
      put(recordsEach, () -> "c" + random.nextInt(40), 200);
    }
  }

  /** What names the customer of the next record. */
  interface Customers {
    String next();
  }

  /** Puts one object of records of texts of up to so many characters. */
  void put(int records, Customers customers, int longestText) {
    StringBuilder lines = new StringBuilder();
    String name = String.valueOf(inputs.size());
    for (int i = 0; i < records; i++) {
      int id = inputs.size();
      String text = "x".repeat(random.nextInt(longestText));
      if (random.nextInt(50) == 0) {
        inputs.put(id, "errors");
        lines.append(String.format("{\"id\": %d, \"customerID\": 1000}%n", id));
      } else {
        String customer = customers.next();
        inputs.put(id, customer);
        lines.append(
            String.format(
                "{\"id\": %d, \"customer_id\": \"%s\", \"text\": \"%s\"}%n", id, customer, text));
      }
    }
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    all.s3.put(EVENTS, bucket + "/" + name + ".jsonl", bytes);
  }

  /** Returns when finished objects hold all records that were put. */
  void awaitAllFinished() throws Exception {
    awaitFinished(inputs.size());
  }

  /** Returns when finished objects hold so many records. */
  void awaitFinished(int count) throws Exception {
    Await.until(
        count + " records in objects",
        LIMIT,
        () -> {
          int found = fetch();
          if (found < count) {
            throw new AssertionError(found + " are there");
          }
          return true;
        });
  }

  /** Records in finished objects. */
  int fetch() throws Exception {
    for (String key : all.s3.list(bucket, "")) {
      if (isObject(key) && !finished.containsKey(key)) {
        byte[] bytes = all.s3.get(bucket, key);
        int lines = lines(bytes);
        Path copy = copies.resolve(key);
        Files.createDirectories(copy.getParent());
        Files.write(copy, bytes);
        finished.put(key, lines);
      }
    }
    return finished.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Every record is in one object of its partition, or in the error prefix, and none twice; no
   * finished object has changed; and there is nothing else.
   */
  void assertExact() throws Exception {
    fetch();
    PartitionLedger ledger = new PartitionLedger(inputs);
    ledger.read(copies);
    ledger.assertExact();
    for (String key : all.s3.list(bucket, "")) {
      if (isObject(key)) {
        assertThat(all.s3.get(bucket, key)).isEqualTo(Files.readAllBytes(copies.resolve(key)));
      }
    }
  }

  /** The server also lists what the multipart uploads hold that are still open. */
  private static boolean isObject(String key) {
    return OBJECT.matcher(key).matches();
  }

  /** Fails unless there are finished objects and nothing else, not even an open upload. */
  void assertNothingElse() {
    assertThat(all.s3.openMultipartUploads(bucket)).isZero();
    assertThat(all.s3.list(bucket, "")).allMatch(PartitionPipeline::isObject);
  }

  /** As {@link #assertExact}, for an output on the local disk. */
  void assertExactIn(Path output) throws Exception {
    PartitionLedger ledger = new PartitionLedger(inputs);
    ledger.read(output);
    ledger.assertExact();
    try (Stream<Path> files = Files.walk(output)) {
      assertThat(files.filter(Files::isRegularFile))
          .allMatch(file -> isObject(output.relativize(file).toString()));
    }
  }

  private static int lines(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n");
    return (int) text.chars().filter(c -> c == '\n').count();
  }
}
