package dev.sluice.partitioning.sink;

import dev.sluice.partitioning.format.ObjectFormat;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.core.fs.Path;

/** What a {@link PartitionedSink} was built with, checked by its builder. Immutable. */
final class SinkSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  final Path root;
  final ObjectNaming naming;
  final ObjectFormat data;
  final ObjectFormat deadLetters;
  final BufferRules dataRules;
  final BufferRules deadLetterRules;
  final PartitionLimit limit;
  final long memoryBytes;
  final int uploadThreads;
  final int commitThreads;
  final int attempts;
  final Duration firstPause;

  SinkSettings(PartitionedSinkBuilder builder, ObjectFormat data, ObjectFormat deadLetters) {
    this.root = builder.root;
    this.naming = builder.naming;
    this.data = data;
    this.deadLetters = deadLetters;
    this.dataRules = builder.dataRules;
    this.deadLetterRules = builder.deadLetterRules;
    this.limit = builder.limit;
    this.memoryBytes = builder.memoryBytes;
    this.uploadThreads = builder.uploadThreads;
    this.commitThreads = builder.commitThreads;
    this.attempts = builder.attempts;
    this.firstPause = builder.firstPause;
  }
}
