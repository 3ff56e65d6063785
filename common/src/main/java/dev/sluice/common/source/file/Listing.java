package dev.sluice.common.source.file;

import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What one listing of all input paths found: the first new versions in the order of work, and some
 * counts. Objects are added one by one and, unless they are among the first new ones, forgotten at
 * once. Used by one thread at a time.
 */
final class Listing {
  private final Predicate<ObjectVersion> isNew;
  private final long oldBefore;
  private final long oldBeforeLastTime;
  private final int limit;
  private final TreeSet<ObjectVersion> candidates = new TreeSet<>();
  private ObjectVersion greatest = ObjectVersion.FIRST;
  private boolean truncated;
  private long objects;
  private long old;
  private long oldLastTime;
  private long listedAt;
  private long millis;
  private long unlistable;
  private String firstUnlistable = "";

  /**
   * @param isNew which versions are to be read
   * @param limit how many of these are kept: the first ones in the order of work
   * @param oldBefore versions with an older modification time count as read, without a look at them
   * @param oldBeforeLastTime the same of the listing before this one
   */
  Listing(Predicate<ObjectVersion> isNew, int limit, long oldBefore, long oldBeforeLastTime) {
    this.isNew = isNew;
    this.limit = limit;
    this.oldBefore = oldBefore;
    this.oldBeforeLastTime = oldBeforeLastTime;
  }

  void add(long modificationTime, long size, UriSupplier uri) {
    objects++;
    if (modificationTime < oldBeforeLastTime) {
      oldLastTime++;
    }
    if (modificationTime < oldBefore) {
      old++;
      return;
    }
    ObjectVersion version = new ObjectVersion(modificationTime, uri.get(), size);
    if (version.compareTo(greatest) > 0) {
      greatest = version;
    }
    if (candidates.size() == limit && version.compareTo(candidates.last()) > 0) {
      truncated |= isNew.test(version);
    } else if (isNew.test(version) && candidates.add(version) && candidates.size() > limit) {
      candidates.pollLast();
      truncated = true;
    }
  }

  /** Counts an entry of a folder that is there, but of which nothing can be known or read. */
  void addUnlistable(String path) {
    if (unlistable == 0) {
      firstUnlistable = path;
    }
    unlistable++;
  }

  void finished(long listedAt, long millis) {
    this.listedAt = listedAt;
    this.millis = millis;
  }

  NavigableSet<ObjectVersion> candidates() {
    return candidates;
  }

  /** The greatest version of all, new or not, that is not old. */
  ObjectVersion greatest() {
    return greatest;
  }

  /** Whether there were more new versions than the limit. */
  boolean truncated() {
    return truncated;
  }

  long unlistable() {
    return unlistable;
  }

  /** The path of one that is unlistable; empty if there is none. */
  String firstUnlistable() {
    return firstUnlistable;
  }

  long objects() {
    return objects;
  }

  long oldBefore() {
    return oldBefore;
  }

  /** Objects older than {@link #oldBefore}. */
  long old() {
    return old;
  }

  /** Objects older than the bound of the listing before this one. */
  long oldLastTime() {
    return oldLastTime;
  }

  /** When the listing began, by the clock of this process, in milliseconds since the epoch. */
  long listedAt() {
    return listedAt;
  }

  long millis() {
    return millis;
  }

  /** Builds the string only for an object that is looked at. */
  @FunctionalInterface
  interface UriSupplier {
    String get();
  }
}
