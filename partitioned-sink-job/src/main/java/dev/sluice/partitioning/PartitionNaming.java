package dev.sluice.partitioning;

import dev.sluice.partitioning.keys.KeySettings;
import dev.sluice.partitioning.prefix.PrefixTemplate;
import java.io.Serializable;

/** What makes a partition of a record. Immutable. */
final class PartitionNaming implements Serializable {
  private static final long serialVersionUID = 1L;

  final KeySettings keys;
  final PrefixTemplate prefix;
  final ErrorPrefix errorPrefix;
  final int maxPrefixBytes;

  /**
   * @param maxPrefixBytes of UTF-8, that a record may give a prefix
   */
  PartitionNaming(
      KeySettings keys, PrefixTemplate prefix, ErrorPrefix errorPrefix, int maxPrefixBytes) {
    this.keys = keys;
    this.prefix = prefix;
    this.errorPrefix = errorPrefix;
    this.maxPrefixBytes = maxPrefixBytes;
  }
}
