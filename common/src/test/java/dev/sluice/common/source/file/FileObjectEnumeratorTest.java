package dev.sluice.common.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.junit.jupiter.api.Test;

class FileObjectEnumeratorTest {
  private final ManualEnumeratorContext context = new ManualEnumeratorContext();
  private final List<ObjectVersion> objects = new ArrayList<>();
  private IOException failure;
  private int listings;
  private long now = 1_000_000;

  @Test
  void assignsOneObjectPerRequestInTheOrderOfModificationTimes() {
    add(30, "a");
    add(10, "c");
    add(20, "b");
    FileObjectEnumerator enumerator = start(bounded());

    assertThat(request(enumerator, 0)).containsExactly("mem:/c");
    assertThat(request(enumerator, 1)).containsExactly("mem:/b");
    assertThat(request(enumerator, 0)).containsExactly("mem:/a");
  }

  @Test
  void boundedEndsEachReaderThatAsksForMore() {
    add(10, "a");
    FileObjectEnumerator enumerator = start(bounded());

    request(enumerator, 0);
    request(enumerator, 0);

    assertThat(context.hasEnded(0)).isTrue();
    assertThat(context.hasEnded(1)).isFalse();
    request(enumerator, 1);
    assertThat(context.hasEnded(1)).isTrue();
  }

  @Test
  void boundedDoesNotReadWhatComesLaterAndListsNoMore() {
    add(10, "a");
    FileObjectEnumerator enumerator = start(bounded());
    int before = listings;
    add(20, "b");

    context.tickAndDeliver();
    request(enumerator, 0);

    assertThat(request(enumerator, 0)).isEmpty();
    assertThat(listings).isEqualTo(before);
  }

  @Test
  void boundedWithoutObjectsEndsAtOnce() {
    FileObjectEnumerator enumerator = start(bounded());

    request(enumerator, 0);

    assertThat(context.hasEnded(0)).isTrue();
  }

  @Test
  void boundedGivesReturnedObjectsToTheRestartedReaderAlthoughOthersHaveEnded() {
    add(10, "a");
    FileObjectEnumerator enumerator = start(bounded());
    enumerator.handleSplitRequest(0, null);
    List<FileSourceSplit> splits = context.takeAssigned(0);
    request(enumerator, 1);

    context.unregister(0);
    enumerator.addSplitsBack(splits, 0);
    context.register(0);
    enumerator.addReader(0);

    assertThat(request(enumerator, 0)).containsExactly("mem:/a");
  }

  @Test
  void listsAgainAtOnceWhenMoreIsThereThanMayWait() {
    for (int i = 0; i < 7; i++) {
      add(i, "o" + i);
    }
    FileObjectEnumerator enumerator = start(bounded().pendingLimit(3));
    List<String> read = new ArrayList<>();

    for (int i = 0; i < 7; i++) {
      read.addAll(request(enumerator, 0));
      while (context.isBusy()) {
        context.workOnce();
        context.deliver();
      }
      read.addAll(uris(context.takeAssigned(0)));
    }

    assertThat(read).hasSize(7).isSorted();
    assertThat(listings).isEqualTo(3);
  }

  @Test
  void monitoredReadsAnOverwrittenObjectAgainAndAnUntouchedOneNever() {
    add(10, "a");
    add(20, "b");
    FileObjectEnumerator enumerator = start(monitored());
    request(enumerator, 0);
    request(enumerator, 0);

    objects.remove(0);
    add(30, "a");
    context.tickAndDeliver();

    assertThat(request(enumerator, 0)).containsExactly("mem:/a");
    assertThat(request(enumerator, 0)).isEmpty();
    assertThat(context.hasEnded(0)).isFalse();
  }

  @Test
  void monitoredFindsWhatBecomesVisibleInsideTheWindowAndNotWhatIsOlder() {
    add(500_000, "new");
    FileObjectEnumerator enumerator = start(monitored());
    request(enumerator, 0);
    context.tickAndDeliver();

    add(400_000, "at-the-edge");
    add(399_999, "too-old");
    context.tickAndDeliver();

    assertThat(request(enumerator, 0)).containsExactly("mem:/at-the-edge");
    assertThat(request(enumerator, 0)).isEmpty();
  }

  @Test
  void forgetsRequestsOfAReaderThatWasReplaced() {
    FileObjectEnumerator enumerator = start(monitored());
    request(enumerator, 0);
    context.unregister(0);
    context.register(0);
    enumerator.addReader(0);

    add(10, "a");
    context.tickAndDeliver();

    assertThat(context.takeAssigned(0)).isEmpty();
    assertThat(request(enumerator, 0)).containsExactly("mem:/a");
  }

  @Test
  void toleratesFailedListingsUntilTheLimitInARow() {
    FileObjectEnumerator enumerator = start(monitored().listingAttempts(3));
    failure = new IOException("503 Slow Down");
    context.tickAndDeliver();
    context.tickAndDeliver();
    failure = null;
    add(10, "a");
    context.tickAndDeliver();
    assertThat(request(enumerator, 0)).containsExactly("mem:/a");

    failure = new IOException("503 Slow Down");
    context.tickAndDeliver();
    context.tickAndDeliver();

    assertThatThrownBy(context::tickAndDeliver)
        .hasMessage(
            "Cannot list input [mem:/in]: 3 attempt(s) failed, the last with"
                + " 'java.io.IOException: 503 Slow Down'. Check that the file system or endpoint can"
                + " be reached from the JobManager");
  }

  @Test
  void aFailedListingWaitsForItsIntervalAlsoWhenMoreIsThere() {
    add(1, "a");
    add(2, "b");
    FileObjectEnumerator enumerator = start(bounded().pendingLimit(1));
    failure = new IOException("503");
    request(enumerator, 0);

    context.workOnce();
    context.deliver();

    assertThat(context.isBusy()).isFalse();
    failure = null;
    context.tickAndDeliver();
    assertThat(request(enumerator, 0)).containsExactly("mem:/b");
  }

  @Test
  void forbiddenAccessFailsAtOnceAndSaysWhatToAllow() {
    failure = new AccessDeniedException("s3://b/in");

    assertThatThrownBy(() -> start(monitored()))
        .hasMessageContaining("1 attempt(s)")
        .hasMessageContaining("Allow s3:ListBucket");
  }

  @Test
  void aMissingBucketFailsAtOnceAndSaysWhatToCheck() {
    failure = new FileNotFoundException("com.amazonaws...: NoSuchBucket; 404");

    assertThatThrownBy(() -> start(monitored()))
        .hasMessageContaining("1 attempt(s)")
        .hasMessageContaining("Check the name of the bucket");
  }

  @Test
  void onlyWhatNoRetryCanMendOverrulesTheRestartStrategy() {
    failure = new AccessDeniedException("s3://b/in");
    assertThat(nonRecoverable(catchThrowable(() -> start(monitored())))).isPresent();

    failure = new FileNotFoundException("com.amazonaws...: NoSuchBucket; 404");
    assertThat(nonRecoverable(catchThrowable(() -> start(monitored())))).isPresent();

    failure = new IOException("Connection refused");
    Throwable refused = catchThrowable(() -> start(monitored().listingAttempts(1)));
    assertThat(refused).hasMessageContaining("1 attempt(s)");
    assertThat(nonRecoverable(refused)).isEmpty();
  }

  @Test
  void credentialsThatCannotBeHadAreTriedAgain() {
    failure =
        new AccessDeniedException(
            "s3://b/in", null, "org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException: no answer");

    FileObjectEnumerator enumerator = start(monitored());
    failure = null;
    add(10, "a");
    context.tickAndDeliver();

    assertThat(request(enumerator, 0)).containsExactly("mem:/a");
  }

  private static Optional<Throwable> nonRecoverable(Throwable thrown) {
    return ThrowableClassifier.findThrowableOfThrowableType(
        thrown, ThrowableType.NonRecoverableError);
  }

  private FileObjectSourceBuilder bounded() {
    return FileObjectSource.builder(List.of(new Path("mem:/in")));
  }

  private FileObjectSourceBuilder monitored() {
    return bounded().monitor(Duration.ofSeconds(1), Duration.ofSeconds(100));
  }

  private FileObjectEnumerator start(FileObjectSourceBuilder builder) {
    FileObjectEnumerator enumerator =
        new FileObjectEnumerator(
            context,
            new FileObjectSourceSettings(builder),
            this::list,
            () -> now,
            DiscoveryState.INITIAL);
    context.register(0);
    context.register(1);
    enumerator.start();
    context.tickAndDeliver();
    return enumerator;
  }

  private void list(Listing listing) throws IOException {
    listings++;
    if (failure != null) {
      throw failure;
    }
    for (ObjectVersion object : objects) {
      listing.add(object.modificationTime(), 1, object::uri);
    }
  }

  private void add(long modificationTime, String name) {
    objects.add(new ObjectVersion(modificationTime, "mem:/" + name, 1));
  }

  private List<String> request(FileObjectEnumerator enumerator, int reader) {
    enumerator.handleSplitRequest(reader, "localhost");
    return uris(context.takeAssigned(reader));
  }

  private static List<String> uris(List<FileSourceSplit> splits) {
    return splits.stream().map(split -> split.path().toString()).toList();
  }
}
