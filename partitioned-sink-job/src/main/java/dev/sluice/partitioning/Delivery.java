package dev.sluice.partitioning;

import static dev.sluice.partitioning.DeliveryOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.partitioning.format.Compression;
import dev.sluice.partitioning.format.ObjectFormats;
import dev.sluice.partitioning.format.ObjectNames;
import dev.sluice.partitioning.format.RecordFormat;
import dev.sluice.partitioning.sink.BufferRules;
import dev.sluice.partitioning.sink.OverflowPolicy;
import dev.sluice.partitioning.sink.PartitionedSink;
import dev.sluice.partitioning.sink.PartitionedSinkBuilder;
import org.apache.flink.core.fs.Path;

/** From a row in its partition to a finished object, checked. */
final class Delivery {
  private static final int VERSION = 1;

  /** Half of what a redrive reads as one object, so that it reads all of these. */
  private static final long MAX_DEAD_LETTERS = 32 << 20;

  final RecordFormat format;
  final boolean converts;
  private final JobArguments arguments;
  private final PartitioningSettings partitions;

  Delivery(JobArguments arguments, PartitioningSettings partitions) {
    this.arguments = arguments;
    this.partitions = partitions;
    FormatSettings settings = new FormatSettings(arguments);
    format = settings.format();
    converts = settings.converts();
  }

  /** Whether a row may have to become a dead letter because of its partition. */
  boolean refuses() {
    return arguments.isSet(MAX_ACTIVE) && arguments.get(ON_LIMIT) == OverflowPolicy.ERROR_PREFIX;
  }

  PartitionedSink sink(String output) {
    long size = arguments.get(BUFFER_SIZE).getBytes();
    PartitionedSinkBuilder sink =
        PartitionedSink.builder(new Path(output), names())
            .data(format.objects())
            .deadLetters(ObjectFormats.deadLetters(Compression.UNCOMPRESSED))
            .buffers(rules(size))
            .deadLetterBuffers(rules(Math.min(size, MAX_DEAD_LETTERS)))
            .memory(arguments.get(BUFFER_MEMORY).getBytes())
            .uploadThreads(arguments.get(UPLOADS))
            .commitThreads(arguments.get(UPLOADS));
    arguments
        .find(MAX_ACTIVE)
        .ifPresent(
            most ->
                sink.limit(
                    most,
                    arguments.get(ON_LIMIT),
                    partitions.errorPrefix.of(ErrorType.ACTIVE_PARTITION_EXCEEDED)));
    return sink.build();
  }

  private BufferRules rules(long size) {
    BufferRules rules = BufferRules.ofBytes(size).age(arguments.get(BUFFER_INTERVAL));
    rules = arguments.find(BUFFER_RECORDS).map(rules::records).orElse(rules);
    return arguments.find(BUFFER_INACTIVITY).map(rules::inactivity).orElse(rules);
  }

  private ObjectNamesInPrefix names() {
    String stream = arguments.get(STREAM_NAME);
    String extension = arguments.find(FILE_EXTENSION).orElseGet(() -> format.objects().extension());
    return new ObjectNamesInPrefix(
        partitions.zone,
        new ObjectNames(stream, VERSION, partitions.zone, extension),
        new ObjectNames(stream, VERSION, partitions.zone, ""));
  }
}
