package dev.sluice.common.source.file;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of objects have been handed to readers, in memory that does not grow with their
 * number.
 *
 * <p>All versions up to the <em>floor</em> count as read. Above it, those that were taken are held
 * one by one. A bounded run moves the floor to each version that it takes: work is in order, so
 * nothing is held at all. A monitored run keeps the floor a window behind the version that it
 * takes, since objects may become visible later than their modification time says.
 *
 * <p>Written by the coordinator thread only; {@link #isNew} may be asked by any thread, and then
 * may call a version new that has just been taken, but never the other way round.
 */
final class DiscoveryProgress {
  private final boolean bounded;
  private final long windowMillis;
  private final ConcurrentSkipListSet<ObjectVersion> window = new ConcurrentSkipListSet<>();
  private volatile ObjectVersion floor;
  private volatile @Nullable ObjectVersion end;

  private DiscoveryProgress(boolean bounded, long windowMillis, DiscoveryState restored) {
    this.bounded = bounded;
    this.windowMillis = windowMillis;
    this.floor = restored.floor();
    // A monitored run restored from a bounded one has no end any more.
    this.end = bounded ? restored.end() : null;
    this.window.addAll(restored.window());
  }

  static DiscoveryProgress bounded(DiscoveryState restored) {
    return new DiscoveryProgress(true, 0L, restored);
  }

  static DiscoveryProgress monitored(long windowMillis, DiscoveryState restored) {
    return new DiscoveryProgress(false, windowMillis, restored);
  }

  /** Whether this version is to be read. */
  boolean isNew(ObjectVersion version) {
    ObjectVersion last = end;
    return version.compareTo(floor) > 0
        && (last == null || version.compareTo(last) <= 0)
        && !window.contains(version);
  }

  /**
   * Remembers that a version has been handed to a reader: the first new one of its listing.
   *
   * @param listedAt when the listing that showed it began: a version from the future must not push
   *     the floor over what was written after that
   */
  void taken(ObjectVersion version, long listedAt) {
    if (bounded) {
      raiseFloor(version);
    } else {
      window.add(version);
      raiseFloor(
          ObjectVersion.justBefore(Math.min(version.modificationTime(), listedAt) - windowMillis));
    }
  }

  private void raiseFloor(ObjectVersion to) {
    if (to.compareTo(floor) <= 0) {
      return;
    }
    floor = to;
    while (!window.isEmpty() && window.first().compareTo(to) <= 0) {
      window.pollFirst();
    }
  }

  /** Ends a bounded run with this version; later calls change nothing. */
  void endWith(ObjectVersion last) {
    if (bounded && end == null) {
      end = last;
    }
  }

  /** Whether a bounded run has taken its last version. */
  boolean isAtEnd() {
    ObjectVersion last = end;
    return last != null && floor.compareTo(last) >= 0;
  }

  ObjectVersion floor() {
    return floor;
  }

  int windowSize() {
    return window.size();
  }

  DiscoveryState snapshot(List<FileSourceSplit> returned) {
    return new DiscoveryState(floor, end, new ArrayList<>(window), returned);
  }
}
