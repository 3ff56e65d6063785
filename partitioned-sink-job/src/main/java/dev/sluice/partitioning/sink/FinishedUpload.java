package dev.sluice.partitioning.sink;

import org.jspecify.annotations.Nullable;

/** What became of an upload: exactly one of the two is there. Immutable. */
final class FinishedUpload {
  final CutObject object;
  final @Nullable ObjectCommittable committable;
  final @Nullable Throwable failure;

  private FinishedUpload(
      CutObject object, @Nullable ObjectCommittable committable, @Nullable Throwable failure) {
    this.object = object;
    this.committable = committable;
    this.failure = failure;
  }

  static FinishedUpload of(CutObject object, ObjectCommittable committable) {
    return new FinishedUpload(object, committable, null);
  }

  static FinishedUpload failed(CutObject object, Throwable failure) {
    return new FinishedUpload(object, null, failure);
  }
}
