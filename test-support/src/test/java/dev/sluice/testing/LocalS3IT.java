package dev.sluice.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server, and Flink's real S3 plugin as its client. */
class LocalS3IT {
  private static LocalS3 s3;

  @BeforeAll
  static void start() throws Exception {
    s3 = LocalS3.start();
  }

  @AfterAll
  static void stop() throws Exception {
    S3FileSystem.reset();
    s3.close();
  }

  @Test
  void keepsWhatWasPut() {
    s3.createBucket("kept");

    s3.put("kept", "a/b.txt", "hello".getBytes(UTF_8));
    s3.put("kept", "a/ü ö%.txt", new byte[0]);

    assertThat(s3.get("kept", "a/b.txt")).asString(UTF_8).isEqualTo("hello");
    assertThat(s3.get("kept", "a/ü ö%.txt")).isEmpty();
    assertThat(s3.list("kept", "a/")).containsExactly("a/b.txt", "a/ü ö%.txt");
    assertThat(s3.list("kept", "b/")).isEmpty();
  }

  @Test
  void forgetsWhatWasDeleted() {
    s3.createBucket("deleted").put("deleted", "a", new byte[1]);

    s3.delete("deleted", "a");
    s3.delete("deleted", "never there");

    assertThat(s3.list("deleted", "")).isEmpty();
    assertThatThrownBy(() -> s3.get("deleted", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No object 'a' in bucket 'deleted'");
  }

  @Test
  void listsMoreThanOnePage() {
    s3.createBucket("many");

    IntStream.range(0, 2345).forEach(i -> s3.put("many", String.format("k%05d", i), new byte[1]));

    assertThat(s3.list("many", "k")).hasSize(2345).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void servesFlinksFileSystem() throws Exception {
    s3.createBucket("flink");
    byte[] content = new byte[12_000_000];
    new Random(1).nextBytes(content);
    FileSystem fileSystem = fileSystem(s3.flinkConfiguration(), "flink");

    try (var out =
        fileSystem.create(new Path("s3://flink/a/large"), FileSystem.WriteMode.OVERWRITE)) {
      out.write(content);
    }
    byte[] read;
    try (var in = fileSystem.open(new Path("s3://flink/a/large"))) {
      read = in.readAllBytes();
    }

    assertThat(Arrays.equals(read, content)).isTrue();
    assertThat(Arrays.equals(s3.get("flink", "a/large"), content)).isTrue();
    assertThat(fileSystem.listStatus(new Path("s3://flink/a"))).hasSize(1);
  }

  @Test
  void countsMultipartUploadsThatAreLeftOpen() throws Exception {
    s3.createBucket("uploads");
    FileSystem fileSystem = fileSystem(s3.flinkConfiguration(), "uploads");
    var writer = fileSystem.createRecoverableWriter();

    var out = writer.open(new Path("s3://uploads/part-0"));
    out.write(new byte[6_000_000]);
    var committer = out.closeForCommit();

    assertThat(s3.openMultipartUploads("uploads")).isEqualTo(1);
    assertThat(s3.contains("uploads", "part-0")).isFalse();
    committer.commit();
    assertThat(s3.openMultipartUploads("uploads")).isZero();
    assertThat(s3.get("uploads", "part-0")).hasSize(6_000_000);
  }

  @Test
  void refusesWrongSecret() {
    s3.createBucket("secret").put("secret", "a", new byte[1]);
    Configuration wrong = s3.flinkConfiguration();
    wrong.setString("s3.secret-key", "guessed");

    assertThatThrownBy(() -> fileSystem(wrong, "secret").getFileStatus(new Path("s3://secret/a")))
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("403");
  }

  @Test
  void refusesRequestWithoutSignature() throws Exception {
    s3.createBucket("unsigned").put("unsigned", "a", new byte[1]);
    URI object = s3.endpoint().resolve("/unsigned/a");

    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(object).build(), HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test
  void runsBesideAnother() throws Exception {
    s3.createBucket("first");
    try (LocalS3 other = LocalS3.start()) {
      other.createBucket("second").put("second", "a", new byte[1]);

      FileSystem there = fileSystem(other.flinkConfiguration(), "second");

      assertThat(there.exists(new Path("s3://second/a"))).isTrue();
      assertThat(other.endpoint()).isNotEqualTo(s3.endpoint());
      assertThatThrownBy(() -> other.list("first", "")).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void keepsItsLibrariesFromTheTest() {
    assertThatThrownBy(() -> Class.forName("org.gaul.s3proxy.S3Proxy"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThatThrownBy(() -> Class.forName("software.amazon.awssdk.services.s3.S3Client"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  private static FileSystem fileSystem(Configuration configuration, String bucket)
      throws Exception {
    S3FileSystem.initialize(configuration);
    return FileSystem.get(URI.create("s3://" + bucket + "/"));
  }
}
