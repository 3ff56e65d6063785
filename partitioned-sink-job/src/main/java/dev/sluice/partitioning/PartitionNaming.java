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

  PartitionNaming(KeySettings keys, PrefixTemplate prefix, ErrorPrefix errorPrefix) {
    this.keys = keys;
    this.prefix = prefix;
    this.errorPrefix = errorPrefix;
  }
}
