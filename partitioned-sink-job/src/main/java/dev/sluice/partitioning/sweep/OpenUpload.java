package dev.sluice.partitioning.sweep;

import java.time.Instant;

/** A multipart upload that was begun, and neither completed nor aborted. Immutable. */
public final class OpenUpload {
  final String key;
  final String id;
  final Instant begun;

  OpenUpload(String key, String id, Instant begun) {
    this.key = key;
    this.id = id;
    this.begun = begun;
  }

  /** The object that it would become, without its bucket. */
  public String key() {
    return key;
  }

  /** By the clock of the storage, which may know whole seconds only. */
  public Instant begun() {
    return begun;
  }

  @Override
  public String toString() {
    return "OpenUpload{key='" + key + "', begun=" + begun + "}";
  }
}
