package dev.sluice.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.testing.Await;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.Ledger;
import dev.sluice.testing.LocalS3;
import dev.sluice.testing.cluster.FlinkCluster;
import dev.sluice.testing.cluster.FlinkJob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.flink.util.FileUtils;

/**
 * The image classification job as built, between two buckets of a local S3 server behind a fault
 * proxy, on a real cluster; and the account of what went in and what came out.
 */
final class ImagePipeline implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String MAIN = "dev.sluice.images.ImageClassificationJob";
  private static final ObjectMapper JSON = new ObjectMapper();

  final LocalS3 s3;
  final FaultProxy proxy;
  final FlinkCluster cluster;
  private final S3Cluster all;
  private final Path work;
  private final Path samples = repository().resolve("sample-data");
  private final Map<String, Boolean> inputs = new TreeMap<>();

  ImagePipeline(Path work, long seed) throws Exception {
    this.work = work;
    all =
        new S3Cluster(
            work,
            seed,
            "image-classification-job",
            settings ->
                settings
                    .set("taskmanager.memory.jvm-metaspace.size", "512m")
                    .set("taskmanager.memory.process.size", "1700m"));
    s3 = all.s3;
    proxy = all.proxy;
    cluster = all.cluster;
    s3.createBucket("photos").createBucket("results").createBucket("models");
    s3.put("models", "resnet18-shapes.zip", zip(samples.resolve("models/resnet18-shapes")));
  }

  static Path repository() {
    return S3Cluster.repository();
  }

  private static byte[] zip(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
        zip.write(Files.readAllBytes(file));
      }
    }
    return bytes.toByteArray();
  }

  /** Runs the job on what is there and what comes; null starts without state. */
  FlinkJob monitor(int parallelism, String savepoint) throws Exception {
    return run(parallelism, savepoint, "--input.discovery-interval=300 ms");
  }

  /** Runs the job on what is there, to its end. */
  FlinkJob once(int parallelism) throws Exception {
    return run(parallelism, null);
  }

  private FlinkJob run(int parallelism, String savepoint, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--input.path=s3://photos/in",
                "--output.path=s3://results/images",
                "--model.url=s3://models/resnet18-shapes.zip",
                "--input.max-object-size=1 mb",
                "--checkpoint.interval=500 ms",
                "--checkpoint.min-pause=100 ms",
                "--checkpoint.tolerable-failures=100",
                "--batch.max-age=100 ms"));
    arguments.addAll(List.of(more));
    return cluster.run(all.jarId, MAIN, parallelism, savepoint, arguments);
  }

  /** Puts all sample pictures, the broken ones too, below a new folder of the input. */
  void put(String folder) throws IOException {
    put(folder, 1);
  }

  /** Puts each n-th sample picture. */
  void put(String folder, int each) throws IOException {
    try (Stream<Path> files = Files.walk(samples.resolve("images"))) {
      List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
      for (int i = 0; i < all.size(); i += each) {
        Path file = all.get(i);
        boolean broken = file.getParent().getFileName().toString().equals("broken");
        String key = "in/" + folder + "/" + samples.resolve("images").relativize(file);
        s3.put("photos", key, Files.readAllBytes(file));
        inputs.put("s3://photos/" + key, broken);
      }
    }
  }

  int inputs() {
    return inputs.size();
  }

  /** Returns when finished files of both kinds have so many lines. */
  void awaitFinished(int count) throws Exception {
    Await.until(
        count + " finished results",
        LIMIT,
        () -> {
          Ledger ledger = ledger();
          if (ledger.outputs() < count) {
            throw new AssertionError(ledger.report());
          }
          return true;
        });
  }

  /** All inputs against classifications and dead letters together, by path. */
  Ledger ledger() throws Exception {
    return Ledger.of(inputs.keySet())
        .record(files("classifications"), line -> json(line).required("path").asText())
        .record(files("dead-letters"), line -> json(line).required("source").asText());
  }

  /** Each input came out once, and the broken ones, and they alone, as dead letters. */
  void assertExact() throws Exception {
    ledger().assertExact();
    Set<String> broken =
        inputs.keySet().stream().filter(inputs::get).collect(Collectors.toCollection(TreeSet::new));
    Ledger letters = Ledger.of(broken);
    letters.record(files("dead-letters"), line -> json(line).required("source").asText());
    letters.assertExact();
  }

  /** Finished files only: the server's list also shows what multipart uploads are made of. */
  private FinishedFiles files(String kind) throws Exception {
    Path copies = Files.createDirectories(work.resolve("finished").resolve(kind));
    for (String key : s3.list("results", "images/" + kind + "/")) {
      String name = key.substring(key.lastIndexOf('/') + 1);
      boolean finished = !name.startsWith("_") && !name.startsWith(".") && name.endsWith(".jsonl");
      // A finished file never changes: each is fetched once, however often somebody waits.
      if (finished && !Files.exists(copies.resolve(name))) {
        Files.write(copies.resolve(name), s3.get("results", key));
      }
    }
    return FinishedFiles.in(copies);
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets all results, for another run from the beginning. */
  void deleteResults() throws IOException {
    s3.list("results", "images/").forEach(key -> s3.delete("results", key));
    FileUtils.deleteDirectory(work.resolve("finished").toFile());
  }

  List<Path> crashes() throws IOException {
    return all.crashes();
  }

  @Override
  public void close() throws Exception {
    all.close();
  }
}
