package dev.sluice.local.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.LocalS3;
import dev.sluice.testing.S3FileSystem;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream.Committer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Flink's real S3 plugin makes of the faults. */
class S3FaultsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String BUCKET = "faults";

  private static LocalS3 s3;
  private static FaultProxy proxy;

  @BeforeAll
  static void start() throws Exception {
    s3 = LocalS3.start().createBucket(BUCKET);
    proxy = FaultProxy.start(s3.endpoint(), 42);
    Configuration configuration = LocalS3.flinkConfiguration(proxy.endpoint());
    configuration.setString("fs.s3a.retry.interval", "10ms");
    configuration.setString("fs.s3a.retry.throttle.interval", "10ms");
    configuration.setString("fs.s3a.connection.timeout", "3000");
    configuration.setString("fs.s3a.attempts.maximum", "3");
    configuration.setString("fs.s3a.retry.limit", "5");
    S3FileSystem.initialize(configuration);
  }

  @AfterAll
  static void stop() throws Exception {
    S3FileSystem.reset();
    proxy.close();
    s3.close();
  }

  @AfterEach
  void clear() {
    proxy.clear();
  }

  @Test
  void readsSurviveThrottling() throws Exception {
    byte[] content = object("throttled", 3_000_000);
    Fault slow =
        proxy.add(FaultRule.of(FaultAction.slowDown(), "GetObject", "HeadObject").share(0.5));

    for (int i = 0; i < 20; i++) {
      assertThat(Arrays.equals(read("throttled"), content)).isTrue();
    }

    assertThat(slow.fired()).isGreaterThan(10);
  }

  @Test
  void readsSurviveCutBodies() throws Exception {
    byte[] content = object("cut", 3_000_000);
    Fault cut = proxy.add(FaultRule.of(FaultAction.cutAtShare(0.4), "GetObject").every(2));
    Fault reset = proxy.add(FaultRule.of(FaultAction.reset(), "GetObject").every(5));

    for (int i = 0; i < 10; i++) {
      assertThat(Arrays.equals(read("cut"), content)).isTrue();
    }

    assertThat(cut.fired()).isPositive();
    assertThat(reset.fired()).isPositive();
  }

  @Test
  void refusedReadsFailAndNameTheObject() {
    object("refused", 10);
    proxy.add(FaultRule.of(FaultAction.accessDenied(), "GetObject"));

    assertThatThrownBy(() -> read("refused"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void uploadLandsAfterItsClientHasGivenUp() throws Exception {
    Committer commit = closedForCommit("late", 6_000_000);
    Fault late =
        proxy.add(FaultRule.of(FaultAction.holdRequest(), "CompleteMultipartUpload").atMost(1));

    CompletableFuture<Void> committed = CompletableFuture.runAsync(() -> commit(commit));
    late.awaitHeld(1, LIMIT);
    assertThat(s3.contains(BUCKET, "late")).isFalse();
    proxy.add(FaultRule.of(FaultAction.internalError(), "CompleteMultipartUpload", "HeadObject"));
    assertThatThrownBy(() -> committed.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasStackTraceContaining("late");
    assertThat(s3.contains(BUCKET, "late")).isFalse();
    late.release();
    late.awaitLanded(1, LIMIT);

    assertThat(s3.get(BUCKET, "late")).hasSize(6_000_000);
    assertThat(s3.openMultipartUploads(BUCKET)).isZero();
  }

  @Test
  void recoveredCommitBearsUploadThatHadLanded() throws Exception {
    Committer commit = closedForCommit("ambiguous", 6_000_000);
    Fault ambiguous =
        proxy.add(FaultRule.of(FaultAction.forwardThenFail(), "CompleteMultipartUpload").atMost(1));

    commit.commitAfterRecovery();

    assertThat(ambiguous.fired()).isEqualTo(1);
    assertThat(s3.get(BUCKET, "ambiguous")).hasSize(6_000_000);
  }

  private static byte[] object(String key, int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    s3.put(BUCKET, key, content);
    return content;
  }

  private static byte[] read(String key) throws IOException {
    Path path = new Path("s3://" + BUCKET + "/" + key);
    try (var in = path.getFileSystem().open(path)) {
      return in.readAllBytes();
    }
  }

  private static Committer closedForCommit(String key, int size) throws IOException {
    var writer = FileSystem.get(URI.create("s3://" + BUCKET + "/")).createRecoverableWriter();
    var out = writer.open(new Path("s3://" + BUCKET + "/" + key));
    ((FSDataOutputStream) out).write(new byte[size]);
    return out.closeForCommit();
  }

  private static void commit(Committer commit) {
    try {
      commit.commit();
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }
}
