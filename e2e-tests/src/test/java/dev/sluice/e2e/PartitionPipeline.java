package dev.sluice.e2e;

import dev.sluice.testing.Await;
import dev.sluice.testing.LocalS3;
import dev.sluice.testing.cluster.FlinkCluster;
import dev.sluice.testing.cluster.FlinkJob;
import dev.sluice.testing.fault.FaultProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The partitioned sink as built, between two buckets of a local S3 server behind a fault proxy, on
 * a real cluster; and the account of what went in and what came out, read back by DuckDB.
 */
final class PartitionPipeline implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String MAIN = "dev.sluice.partitioning.PartitionedSinkJob";

  final LocalS3 s3;
  final FaultProxy proxy;
  final FlinkCluster cluster;
  private final S3Cluster all;
  private final Path work;
  private final Random random;

  /** Partition of each record by its id; {@code errors} for those without a customer. */
  private final Map<Integer, String> inputs = new TreeMap<>();

  PartitionPipeline(Path work, long seed) throws Exception {
    this.work = work;
    random = new Random(seed);
    all =
        new S3Cluster(
            work,
            seed,
            "partitioned-sink-job",
            settings ->
                settings
                    .set("taskmanager.memory.jvm-metaspace.size", "256m")
                    .set("taskmanager.memory.process.size", "1400m"));
    s3 = all.s3;
    proxy = all.proxy;
    cluster = all.cluster;
    s3.createBucket("events").createBucket("lake");
  }

  /** Runs the job on what is there and what comes; null starts without state. */
  FlinkJob monitor(int parallelism, String savepoint, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--input.path=s3://events/in",
                "--input.discovery-interval=300 ms",
                "--output.path=s3://lake/",
                "--partition.query={customer_id: .customer_id}",
                "--output.prefix=data/customer_id=!{partitionKeyFromQuery:customer_id}/",
                "--output.error-prefix=errors/!{firehose:error-output-type}/",
                "--buffer.size=64 kb",
                "--buffer.interval=2 s",
                "--buffer.memory=16 mb",
                "--checkpoint.interval=500 ms",
                "--checkpoint.min-pause=100 ms",
                "--checkpoint.tolerable-failures=100"));
    arguments.addAll(List.of(more));
    return cluster.run(all.jarId, MAIN, parallelism, savepoint, arguments);
  }

  /** Puts objects of records, each with an id of its own; one in fifty has no customer. */
  void put(String folder, int objects, int recordsEach) {
    for (int object = 0; object < objects; object++) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < recordsEach; i++) {
        lines.append(record());
      }
      byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
      s3.put("events", "in/" + folder + "/" + object + ".jsonl", bytes);
    }
  }

  private String record() {
    int id = inputs.size();
    if (random.nextInt(50) == 0) {
      inputs.put(id, "errors");
      return String.format("{\"id\": %d, \"customerID\": 1000}%n", id);
    }
    String customer = "c" + random.nextInt(40);
    inputs.put(id, customer);
    return String.format(
        "{\"id\": %d, \"customer_id\": \"%s\", \"text\": \"%s\"}%n",
        id, customer, "x".repeat(random.nextInt(200)));
  }

  int inputs() {
    return inputs.size();
  }

  /** Returns when finished objects hold so many records. */
  void awaitFinished(int count) throws Exception {
    Await.until(count + " records in objects", LIMIT, () -> outputs().size() >= count);
  }

  /** Every record is in one object of its partition, or in the error prefix, and none twice. */
  void assertExact() throws Exception {
    List<Output> outputs = outputs();
    Map<Integer, String> seen = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (Output output : outputs) {
      if (seen.put(output.id(), output.partition()) != null) {
        wrong.add(output + " is there twice");
      }
      if (!output.partition().equals(inputs.get(output.id()))) {
        wrong.add(output + " belongs to " + inputs.get(output.id()));
      }
    }
    inputs.keySet().stream()
        .filter(id -> !seen.containsKey(id))
        .forEach(id -> wrong.add(id + " is lost"));
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          wrong.size() + " wrong: " + wrong.subList(0, Math.min(20, wrong.size())));
    }
  }

  /** Objects of data that are finished. */
  int objects() throws IOException {
    return s3.list("lake", "data/").size();
  }

  private record Output(int id, String partition) {}

  private List<Output> outputs() throws Exception {
    Path copies = fetch();
    List<Output> outputs = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      query(
          statement,
          copies.resolve("data"),
          "SELECT id, customer_id FROM read_json('%s/**', format='newline_delimited',"
              + " columns={id: 'INTEGER'}, hive_partitioning=true)",
          row -> outputs.add(new Output(row.getInt(1), row.getString(2))));
      query(
          statement,
          copies.resolve("errors"),
          "SELECT rawData FROM read_json('%s/**', format='newline_delimited',"
              + " columns={rawData: 'VARCHAR'})",
          row -> outputs.add(new Output(idIn(row.getString(1)), "errors")));
    }
    return outputs;
  }

  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private static void query(Statement statement, Path folder, String sql, Row row)
      throws SQLException {
    if (!Files.exists(folder)) {
      return;
    }
    try (ResultSet rows = statement.executeQuery(String.format(sql, folder))) {
      while (rows.next()) {
        row.read(rows);
      }
    }
  }

  private static int idIn(String base64) {
    String record = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    return Integer.parseInt(record.replaceAll("\\{\"id\": (\\d+),.*\\s*", "$1"));
  }

  /** A finished object never changes: each is fetched once, however often somebody waits. */
  private Path fetch() throws IOException {
    Path copies = work.resolve("copies");
    for (String kind : List.of("data/", "errors/")) {
      for (String key : s3.list("lake", kind)) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        Path copy = copies.resolve(key);
        if (!name.startsWith("_") && !name.startsWith(".") && !Files.exists(copy)) {
          Files.createDirectories(copy.getParent());
          Files.write(copy, s3.get("lake", key));
        }
      }
    }
    return copies;
  }

  List<Path> crashes() throws IOException {
    return all.crashes();
  }

  @Override
  public void close() throws Exception {
    all.close();
  }
}
