package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.KinesisPut;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.KplRecord;
import dev.sluice.local.LocalKinesis;
import dev.sluice.testing.Await;
import dev.sluice.testing.Ledger;
import dev.sluice.testing.LocalS3;
import dev.sluice.testing.cluster.FlinkCluster;
import dev.sluice.testing.cluster.FlinkJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The shaded JAR of the partitioned sink on a cluster of processes, from Kinesis to S3. */
class KinesisToS3E2eIT {
  private static final String MAIN = "dev.sluice.partitioning.PartitionedSinkJob";
  private static final String REGION = "us-east-1";
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern ID = Pattern.compile("\"id\": \"(\\d+)\"");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path work;

  private final Set<String> expected = new TreeSet<>();

  @Test
  void pollsThenFansOutFromTheSavepointWithOtherParallelism() throws Exception {
    try (LocalKinesis kinesis = LocalKinesis.start();
        LocalS3 s3 = LocalS3.start().createBucket("lake");
        FlinkCluster cluster =
            FlinkCluster.in(work.resolve("cluster"))
                .taskManagers(1)
                .slots(2)
                .memory("1024m", "1400m")
                .set("taskmanager.memory.jvm-metaspace.size", "256m")
                .set(s3.flinkConfiguration())
                .start()) {
      KinesisStream stream = kinesis.createStream(REGION, "clicks", 2);
      stream.putAll(events(500));
      String jar = cluster.rest().upload(shadedJar());

      FlinkJob polling = cluster.run(jar, MAIN, 1, null, options(kinesis));
      awaitObjects(s3, 1);
      stream.split(stream.openShards().get(1));
      stream.putAll(events(500));
      String savepoint = polling.stopWithSavepoint(LIMIT);
      List<String> fanOut = options(kinesis);
      fanOut.add("--kinesis.reader=enhanced-fan-out");
      fanOut.add("--kinesis.consumer-name=sluice");
      FlinkJob fannedOut = cluster.run(jar, MAIN, 2, savepoint, fanOut);
      stream.putAll(events(500));
      awaitObjects(s3, expected.size());

      ledger(s3).assertExact();
      assertThat(fannedOut.restores()).as("restores, of which one is the start").isEqualTo(1);
    }
  }

  /** So many records, each tenth of which is an aggregate of two events. */
  private List<KinesisPut> events(int records) {
    List<KinesisPut> puts = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      puts.add(i % 10 == 0 ? KplRecord.of(List.of(event(), event())) : event());
    }
    return puts;
  }

  private KinesisPut event() {
    String id = Integer.toString(expected.size());
    expected.add(id);
    String json = "{\"id\": \"" + id + "\", \"customer_id\": \"c" + id.length() + "\"}";
    return KinesisPut.of("k" + id, json.getBytes(UTF_8));
  }

  private static List<String> options(LocalKinesis kinesis) {
    return new ArrayList<>(
        List.of(
            "--source.type=kinesis",
            "--kinesis.streams=clicks",
            "--kinesis.region=" + REGION,
            "--kinesis.endpoint=" + kinesis.endpoint(),
            "--kinesis.access-key-id=" + LocalKinesis.ACCESS_KEY,
            "--kinesis.secret-access-key=" + LocalKinesis.SECRET_KEY,
            "--kinesis.poll-interval=500 ms",
            "--kinesis.discovery-interval=1 s",
            "--partition.query={customer_id: .customer_id}",
            "--output.path=s3://lake/out",
            "--output.prefix=data/!{partitionKeyFromQuery:customer_id}/",
            "--output.error-prefix=errors/",
            "--buffer.interval=1 s",
            "--buffer.memory=16 mb",
            "--upload.threads=4",
            "--checkpoint.interval=500 ms"));
  }

  private void awaitObjects(LocalS3 s3, int records) throws Exception {
    Await.until(
        records + " records in objects",
        LIMIT,
        () -> {
          int found = ledger(s3).outputs();
          if (found < records) {
            throw new AssertionError(found + " are there");
          }
          return true;
        });
  }

  private Ledger ledger(LocalS3 s3) {
    Ledger ledger = Ledger.of(expected);
    for (String key : s3.list("lake", "out/")) {
      if (key.substring(key.lastIndexOf('/') + 1).startsWith("sluice-")) {
        new String(s3.get("lake", key), UTF_8).lines().map(this::id).forEach(ledger::record);
      }
    }
    return ledger;
  }

  /** A dead letter has no id: it is unexpected here. */
  private String id(String line) {
    Matcher matcher = ID.matcher(line);
    return matcher.find() ? matcher.group(1) : line;
  }

  private static Path shadedJar() throws Exception {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("sample-data/README.md"))) {
      folder = folder.getParent();
    }
    Path target = folder.resolve("partitioned-sink-job/target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.toString().endsWith("-shaded.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("No shaded JAR in '" + target + "'"));
    }
  }
}
