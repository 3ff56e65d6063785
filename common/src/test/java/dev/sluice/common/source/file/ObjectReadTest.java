package dev.sluice.common.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectReadTest {
  private static final String TEXT = "The quick brown fox jumps over the lazy dog";
  private static final int LIMIT = 100;

  @TempDir java.nio.file.Path folder;

  @BeforeEach
  void countOpenedStreamsFromZero() {
    FaultyFileSystemFactory.OPENED.set(0);
  }

  @Test
  void readsAllBytesOfAStreamThatGivesAFewAtATime() throws IOException {
    FileSourceSplit split = put("plain", TEXT, 5000);

    assertThat(read(split)).contains(new FileObject(uri("plain"), TEXT.getBytes(UTF_8), 5000));
  }

  @Test
  void readsAnEmptyObject() throws IOException {
    FileSourceSplit split = put("empty", "", 5000);

    assertThat(read(split)).contains(new FileObject(uri("empty"), new byte[0], 5000));
  }

  @Test
  void triesAgainWhenStreamsEndEarly() throws IOException {
    FileSourceSplit split = put("cut-3-x", TEXT, 5000);

    assertThat(read(split).orElseThrow().bytes).asString(UTF_8).isEqualTo(TEXT);
    assertThat(FaultyFileSystemFactory.OPENED).hasValue(4);
  }

  @Test
  void triesAgainWhenConnectionsBreak() throws IOException {
    FileSourceSplit split = put("reset-1-x", TEXT, 5000);

    assertThat(read(split).orElseThrow().bytes).asString(UTF_8).isEqualTo(TEXT);
  }

  @Test
  void givesUpAfterFourAttemptsAndNamesTheObject() throws IOException {
    FileSourceSplit split = put("cut-9-x", TEXT, 5000);

    assertThatIOException()
        .isThrownBy(() -> read(split))
        .withMessageStartingWith("Cannot read object '" + uri("cut-9-x") + "' of 43 bytes: 4 ")
        .withMessageContaining("stream ended after 21 of 43 bytes");
    assertThat(FaultyFileSystemFactory.OPENED).hasValue(4);
  }

  @Test
  void triesAgainWhenSocketsTimeOut() throws IOException {
    FileSourceSplit split = put("timeout-3-x", TEXT, 5000);

    assertThat(read(split).orElseThrow().bytes).asString(UTF_8).isEqualTo(TEXT);
    assertThat(FaultyFileSystemFactory.OPENED).hasValue(4);
  }

  @Test
  void givesUpAtOnceWhenInterruptedInATimeout() throws IOException {
    FileSourceSplit split = put("interrupt-9-x", TEXT, 5000);

    assertThatIOException().isThrownBy(() -> read(split)).withMessageContaining("1 attempt(s)");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(FaultyFileSystemFactory.OPENED).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"forbidden-", "nobucket-9-x"})
  void whatNoRetryCanMendIsMarkedSoAlsoWhereThePluginIsUnknown(String name) throws Exception {
    FileSourceSplit split = put(name, TEXT, 5000);

    Throwable failure = catchThrowable(() -> read(split));

    assertThat(FaultyFileSystemFactory.OPENED).hasValue(1);
    assertThat(nonRecoverable(arrived(failure))).isPresent();
  }

  @Test
  void whatMayPassIsNotMarkedAsFinalHoweverManyAttemptsFailed() throws IOException {
    FileSourceSplit split = put("reset-9-x", TEXT, 5000);

    Throwable failure = catchThrowable(() -> read(split));

    assertThat(failure).hasMessageContaining("4 attempt(s)");
    assertThat(nonRecoverable(failure)).isEmpty();
  }

  /** As the JobManager gets it from a TaskManager. */
  private static Throwable arrived(Throwable failure) throws Exception {
    ClassLoader loader = ObjectReadTest.class.getClassLoader();
    SerializedThrowable sent = new SerializedThrowable(failure);
    SerializedThrowable received =
        InstantiationUtil.deserializeObject(InstantiationUtil.serializeObject(sent), loader);
    return received.deserializeError(loader);
  }

  private static Optional<Throwable> nonRecoverable(Throwable failure) {
    return ThrowableClassifier.findThrowableOfThrowableType(
        failure, ThrowableType.NonRecoverableError);
  }

  @Test
  void failsAtOnceWhenAccessIsForbidden() throws IOException {
    FileSourceSplit split = put("forbidden-", TEXT, 5000);

    assertThatIOException()
        .isThrownBy(() -> read(split))
        .withMessageContaining("1 attempt(s)")
        .withMessageContaining("s3:GetObject");
  }

  @Test
  void rejectsAnObjectAboveTheLimitWithoutOpeningIt() throws IOException {
    FileSourceSplit split = put("large", "x".repeat(LIMIT + 1), 5000);

    FileObject object = read(split).orElseThrow();

    assertThat(object.rejection).isEqualTo(FileObject.TOO_LARGE);
    assertThat(object.size).isEqualTo(LIMIT + 1);
    assertThat(object.bytes).isEmpty();
    assertThat(FaultyFileSystemFactory.OPENED).hasValue(0);
  }

  @Test
  void readsAnObjectOfExactlyTheLimit() throws IOException {
    FileSourceSplit split = put("full", "x".repeat(LIMIT), 5000);

    assertThat(read(split).orElseThrow().bytes).hasSize(LIMIT);
  }

  @Test
  void rejectsAnObjectThatIsGone() throws IOException {
    FileSourceSplit split = put("gone", TEXT, 5000);
    Files.delete(folder.resolve("gone"));

    FileObject object = read(split).orElseThrow();

    assertThat(object.rejection).isEqualTo(FileObject.VANISHED);
    assertThat(object.size).isEqualTo(TEXT.length());
    assertThat(object.modificationTime).isEqualTo(5000);
  }

  @Test
  void boundedReadsAnOverwrittenObjectAtItsNewSizeAndTime() throws IOException {
    for (String text : new String[] {"short", TEXT + TEXT}) {
      FileSourceSplit split = put("o", TEXT, 5000);
      put("o", text, 9000);

      assertThat(read(split)).contains(new FileObject(uri("o"), text.getBytes(UTF_8), 9000));
    }
  }

  @Test
  void boundedRejectsAnObjectThatWasOverwrittenByOneAboveTheLimit() throws IOException {
    FileSourceSplit split = put("o", TEXT, 5000);
    put("o", "x".repeat(LIMIT * 2), 9000);

    FileObject object = read(split).orElseThrow();

    assertThat(object.rejection).isEqualTo(FileObject.TOO_LARGE);
    assertThat(object.size).isEqualTo(LIMIT * 2);
    assertThat(object.modificationTime).isEqualTo(9000);
  }

  @Test
  void monitoredLeavesAnOverwrittenObjectToItsNewListingWhateverItsTime() throws IOException {
    FileSourceSplit split = put("o", TEXT, 5000);

    put("o", "short", 9000);
    assertThat(readMonitored(split)).isEmpty();
    put("o", "short", 1000);
    assertThat(readMonitored(split)).isEmpty();
  }

  @Test
  void monitoredReadsAnObjectThatChangedWithinTheResolutionOfTimes() throws IOException {
    FileSourceSplit split = put("o", TEXT, 5000);
    put("o", "short", 5000);

    assertThat(readMonitored(split).orElseThrow().bytes).asString(UTF_8).isEqualTo("short");
  }

  private FileSourceSplit put(String name, String text, long modificationTime) throws IOException {
    java.nio.file.Path file = folder.resolve(name);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(modificationTime));
    return new ObjectVersion(modificationTime, uri(name), text.length()).toSplit();
  }

  private String uri(String name) {
    return new Path("faulty:" + folder.resolve(name)).toString();
  }

  private static Optional<FileObject> read(FileSourceSplit split) throws IOException {
    return read(split, false);
  }

  private static Optional<FileObject> readMonitored(FileSourceSplit split) throws IOException {
    return read(split, true);
  }

  private static Optional<FileObject> read(FileSourceSplit split, boolean monitored)
      throws IOException {
    ReadMetrics metrics = new ReadMetrics(UnregisteredMetricsGroup.createOperatorMetricGroup());
    return new ObjectRead(split, LIMIT, monitored, metrics).read();
  }
}
