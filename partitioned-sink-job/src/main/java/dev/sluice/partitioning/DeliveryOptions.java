package dev.sluice.partitioning;

import dev.sluice.common.config.JobOption;
import dev.sluice.partitioning.sink.OverflowPolicy;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** Options from a row in its partition to a finished object. */
final class DeliveryOptions {
  static final JobOption<String> OUTPUT_PATH =
      JobOption.ofLocation("output.path")
          .defaultDescribedAs("a new folder below out/ in a local run; required on a cluster")
          .describedAs("Root of all objects: a bucket or a folder of any file system of Flink's.");

  static final JobOption<Boolean> APPEND =
      JobOption.ofBoolean("output.append")
          .defaultDescribedAs("false; true for dead letters")
          .describedAs(
              "Whether a local run may add to a folder that holds objects already; otherwise it is"
                  + " refused, since records that are read again would be there twice.");

  static final JobOption<String> STREAM_NAME =
      JobOption.ofString("output.stream-name")
          .defaultTo("sluice")
          .matching("[A-Za-z0-9._-]{1,64}", "must be 1 to 64 letters, digits, '.', '_' or '-'")
          .describedAs("First part of object names.");

  static final JobOption<String> FILE_EXTENSION =
      JobOption.ofString("output.file-extension")
          .defaultDescribedAs("that of format and compression")
          .matching("\\.[0-9a-z!\\-_.*'()]{1,127}", "must begin with a dot")
          .describedAs("End of object names.");

  static final JobOption<MemorySize> BUFFER_SIZE =
      JobOption.ofMemorySize("buffer.size")
          .defaultTo(MemorySize.ofMebiBytes(128))
          .where(size -> size.getBytes() >= 1024, "must be at least 1 kb")
          .describedAs("Bytes of rows, before compression, that end an object.");

  static final JobOption<Duration> BUFFER_INTERVAL =
      JobOption.ofDuration("buffer.interval")
          .defaultTo(Duration.ofMinutes(5))
          .positive()
          .describedAs("Age of its first record that ends an object.");

  static final JobOption<Long> BUFFER_RECORDS =
      JobOption.ofLong("buffer.records")
          .defaultDescribedAs("no limit")
          .positive()
          .unit("records")
          .describedAs("Records that end an object.");

  static final JobOption<Duration> BUFFER_INACTIVITY =
      JobOption.ofDuration("buffer.inactivity")
          .defaultDescribedAs("no limit")
          .positive()
          .describedAs("Time without a record that ends an object.");

  static final JobOption<MemorySize> BUFFER_MEMORY =
      JobOption.ofMemorySize("buffer.memory")
          .defaultTo(MemorySize.ofMebiBytes(128))
          .where(size -> size.getBytes() >= 16 << 20, "must be at least 16 mb")
          .describedAs(
              "Memory for rows per subtask; when it is full, the largest and then the oldest objects"
                  + " are written out.");

  static final JobOption<Integer> MAX_ACTIVE =
      JobOption.ofInt("partitions.max-active")
          .defaultDescribedAs("no limit")
          .positive()
          .unit("partitions")
          .describedAs("Partitions of the whole job that may have unfinished objects.");

  static final JobOption<OverflowPolicy> ON_LIMIT =
      JobOption.ofEnum("partitions.on-limit", OverflowPolicy.class)
          .defaultTo(OverflowPolicy.CLOSE_OLDEST)
          .describedAs(
              "What happens to a record of one partition more: it goes to the error prefix, as in"
                  + " Firehose; or the oldest object is ended; or the stream waits.");

  static final JobOption<MemorySize> LANE_THROUGHPUT =
      JobOption.ofMemorySize("partitions.lane-throughput")
          .defaultTo(MemorySize.ofMebiBytes(32))
          .positive()
          .unit("bytes per second")
          .describedAs(
              "Bytes per second of one partition above which it is spread over more subtasks.");

  static final JobOption<Integer> UPLOADS =
      JobOption.ofInt("upload.threads")
          .defaultTo(16)
          .between(1, 256)
          .unit("threads")
          .describedAs("Objects that a subtask uploads, or commits, at the same time.");

  /** In the order of the tables. */
  static final List<JobOption<?>> ALL =
      List.of(
          OUTPUT_PATH,
          APPEND,
          STREAM_NAME,
          FILE_EXTENSION,
          BUFFER_SIZE,
          BUFFER_INTERVAL,
          BUFFER_RECORDS,
          BUFFER_INACTIVITY,
          BUFFER_MEMORY,
          MAX_ACTIVE,
          ON_LIMIT,
          LANE_THROUGHPUT,
          UPLOADS);

  private DeliveryOptions() {}
}
