package dev.sluice.common.source.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds objects and hands them to readers, one per request, in the order of (modification time,
 * URI); {@link FileObjectSource} says what it promises.
 *
 * <p>Each listing replaces what waits: an object that was deleted or overwritten since the last one
 * is not read in its old form. What waits is not in checkpoints; it is listed again.
 *
 * <p>All methods run in the coordinator thread, except {@link #listIfDue}, which a worker runs.
 */
final class FileObjectEnumerator implements SplitEnumerator<FileSourceSplit, DiscoveryState> {
  private static final Logger LOG = LoggerFactory.getLogger(FileObjectEnumerator.class);

  private final SplitEnumeratorContext<FileSourceSplit> context;
  private final FileObjectSourceSettings settings;
  private final ObjectLister lister;
  private final Clock clock;
  private final DiscoveryProgress progress;
  private final DiscoveryMetrics metrics;

  private final ArrayDeque<FileSourceSplit> returned = new ArrayDeque<>();
  private final ArrayDeque<Integer> requests = new ArrayDeque<>();
  private NavigableSet<ObjectVersion> pending = new TreeSet<>();
  private long pendingListedAt;
  private volatile int pendingObjects;
  private volatile boolean truncated;

  /** Bounded: whether the last listing showed all that is left. */
  private volatile boolean complete;

  private boolean listingRequested;
  private int failures;
  private volatile @Nullable Listing previous;

  FileObjectEnumerator(
      SplitEnumeratorContext<FileSourceSplit> context,
      FileObjectSourceSettings settings,
      ObjectLister lister,
      Clock clock,
      DiscoveryState restored) {
    this.context = context;
    this.settings = settings;
    this.lister = lister;
    this.clock = clock;
    this.progress =
        settings.isBounded()
            ? DiscoveryProgress.bounded(restored)
            : DiscoveryProgress.monitored(settings.discoveryWindow().toMillis(), restored);
    this.metrics = new DiscoveryMetrics();
    this.returned.addAll(restored.returned());
    this.complete = progress.isAtEnd();
  }

  @Override
  public void start() {
    metrics.register(context.metricGroup(), () -> pendingObjects, progress::windowSize);
    context.callAsync(
        this::listIfDue, this::handleResult, 0L, settings.discoveryInterval().toMillis());
  }

  /** Null if there is no need to list now. */
  private @Nullable Listing listIfDue() throws Exception {
    if (settings.isBounded() ? complete || pendingObjects > 0 : hasPlenty()) {
      return null;
    }
    // Before the first object is listed: what is not seen now may carry a time from here on.
    long listedAt = clock.millis();
    long oldBefore = progress.floor().modificationTime();
    Listing last = previous;
    Listing listing =
        new Listing(
            progress::isNew,
            settings.pendingLimit(),
            oldBefore,
            last == null ? oldBefore : last.oldBefore());
    long start = System.nanoTime();
    lister.listInto(listing);
    listing.finished(listedAt, (System.nanoTime() - start) / 1_000_000);
    return listing;
  }

  /** A backlog longer than the limit: more would be forgotten at once. */
  private boolean hasPlenty() {
    return truncated && pendingObjects > settings.pendingLimit() / 2;
  }

  private void handleResult(@Nullable Listing listing, @Nullable Throwable failure) {
    listingRequested = false;
    if (failure != null) {
      handleFailure(failure);
    } else if (listing != null) {
      handleListing(listing);
    }
    assign();
  }

  private void handleFailure(Throwable failure) {
    failures++;
    metrics.listingFailed();
    // Not at once, but when the interval has passed.
    truncated = false;
    if (ListingFailure.isFinal(failure) || failures >= settings.listingAttempts()) {
      throw ListingFailure.of(settings.inputs(), failures, failure);
    }
    LOG.warn(
        "Cannot list input {} (attempt {} of {}), trying again in {}",
        settings.inputs(),
        failures,
        settings.listingAttempts(),
        TimeUtils.formatWithHighestUnit(settings.discoveryInterval()),
        failure);
  }

  private void handleListing(Listing listing) {
    failures = 0;
    metrics.listed(listing);
    countLate(listing);
    progress.endWith(listing.greatest());
    // What was taken while the listing ran is not new any more.
    pending = listing.candidates();
    pending.removeIf(version -> !progress.isNew(version));
    pendingObjects = pending.size();
    pendingListedAt = listing.listedAt();
    truncated = listing.truncated();
    complete = settings.isBounded() && !truncated;
    previous = listing;
  }

  private void countLate(Listing listing) {
    Listing last = previous;
    if (settings.isBounded() || last == null || listing.oldLastTime() <= last.old()) {
      return;
    }
    long late = listing.oldLastTime() - last.old();
    metrics.skippedAsOld(late);
    LOG.warn(
        "At least {} object(s) appeared with a modification time before {} (millis since the epoch),"
            + " more than the discovery window of {} ago, and will not be read",
        late,
        last.oldBefore(),
        TimeUtils.formatWithHighestUnit(settings.discoveryWindow()));
  }

  @Override
  public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
    requests.add(subtaskId);
    assign();
  }

  @Override
  public void addSplitsBack(List<FileSourceSplit> splits, int subtaskId) {
    LOG.info("Reader {} failed: {} object(s) will be read again", subtaskId, splits.size());
    returned.addAll(splits);
    requests.removeIf(request -> request == subtaskId);
    assign();
  }

  @Override
  public void addReader(int subtaskId) {
    // What an earlier attempt of this reader asked for, nobody waits for.
    requests.removeIf(request -> request == subtaskId);
  }

  private void assign() {
    for (Integer reader = requests.peek(); reader != null; reader = requests.peek()) {
      if (!context.registeredReaders().containsKey(reader)) {
        requests.remove();
        continue;
      }
      FileSourceSplit split = nextSplit();
      if (split == null) {
        break;
      }
      context.assignSplit(split, reader);
      requests.remove();
    }
    if (pending.isEmpty() && truncated && !listingRequested) {
      listingRequested = true;
      context.callAsync(this::listIfDue, this::handleResult);
    }
    if (complete && pending.isEmpty() && returned.isEmpty()) {
      requests.stream()
          .distinct()
          .filter(context.registeredReaders()::containsKey)
          .forEach(context::signalNoMoreSplits);
      requests.clear();
    }
  }

  private @Nullable FileSourceSplit nextSplit() {
    FileSourceSplit again = returned.poll();
    if (again != null) {
      return again;
    }
    ObjectVersion next = pending.pollFirst();
    if (next == null) {
      return null;
    }
    pendingObjects = pending.size();
    progress.taken(next, pendingListedAt);
    metrics.discovered();
    return next.toSplit();
  }

  @Override
  public DiscoveryState snapshotState(long checkpointId) {
    return progress.snapshot(new ArrayList<>(returned));
  }

  @Override
  public void close() {
    // Threads belong to the context, connections to the file system.
  }

  /** Milliseconds since the epoch. */
  @FunctionalInterface
  interface Clock {
    long millis();
  }
}
