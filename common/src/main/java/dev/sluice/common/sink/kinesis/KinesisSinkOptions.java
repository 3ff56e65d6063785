package dev.sluice.common.sink.kinesis;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.config.Secret;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** Options of a job that writes into a Kinesis data stream with {@link OrderedKinesisSink}. */
public final class KinesisSinkOptions {
  private static final MemorySize LARGEST_RECORD = new MemorySize(StreamEntry.MAX_BYTES);
  private static final MemorySize LARGEST_REQUEST = new MemorySize(PutSettings.MAX_REQUEST_BYTES);

  public static final JobOption<String> STREAM =
      JobOption.ofString("kinesis-sink.stream")
          .required()
          .matching("[a-zA-Z0-9_.-]{1,128}", "must be the name of a stream")
          .describedAs("Name of the stream that is written.");

  public static final JobOption<String> REGION =
      JobOption.ofString("kinesis-sink.region")
          .required()
          .matching("[a-z]{2,}(-[a-z0-9]+)+", "must be a Region such as 'us-east-1'")
          .describedAs("Region of the stream that is written.");

  public static final JobOption<String> ENDPOINT =
      JobOption.ofString("kinesis-sink.endpoint")
          .defaultDescribedAs("that of the Region")
          .matching("https?://[^\\s/]+/?", "must be a URL without path")
          .describedAs("Another endpoint: a local server, or an interface endpoint of a VPC.");

  public static final JobOption<String> ACCESS_KEY_ID =
      JobOption.ofString("kinesis-sink.access-key-id")
          .defaultDescribedAs("AWS's default chain: the role of the cluster, where it has one")
          .notEmpty()
          .describedAs("For local servers and other accounts' keys; travels in the job graph.");

  public static final JobOption<Secret> SECRET_ACCESS_KEY =
      JobOption.ofSecret("kinesis-sink.secret-access-key")
          .describedAs("Belongs to the access key id; travels in the job graph.");

  public static final JobOption<Duration> REQUEST_TIMEOUT =
      JobOption.ofDuration("kinesis-sink.request-timeout")
          .defaultTo(Duration.ofSeconds(10))
          .between(Duration.ofMillis(100), Duration.ofMinutes(5))
          .describedAs("A request without an answer after this time is sent again.");

  public static final JobOption<MemorySize> BUFFER =
      JobOption.ofMemorySize("kinesis-sink.buffer")
          .defaultTo(MemorySize.ofMebiBytes(64))
          .positive()
          .describedAs("Memory of each subtask for records that are not acknowledged.");

  public static final JobOption<Integer> QUEUED_PER_KEY =
      JobOption.ofInt("kinesis-sink.queued-per-key")
          .defaultTo(256)
          .positive()
          .unit("records")
          .describedAs(
              "Most records of one key that wait for each other; a checkpoint waits for all of"
                  + " them.");

  public static final JobOption<Integer> REQUESTS =
      JobOption.ofInt("kinesis-sink.requests")
          .defaultTo(16)
          .between(1, StreamAddress.CONNECTIONS)
          .unit("requests")
          .describedAs("Most requests of a subtask under way at a time.");

  public static final JobOption<MemorySize> REQUEST_SIZE =
      JobOption.ofMemorySize("kinesis-sink.request-size")
          .defaultTo(MemorySize.ofMebiBytes(5))
          .positive()
          .where(size -> size.compareTo(LARGEST_REQUEST) <= 0, "must be at most 10 mb")
          .describedAs("Most bytes of a request; a request has at most 500 records.");

  public static final JobOption<MemorySize> RECORD_SIZE =
      JobOption.ofMemorySize("kinesis-sink.record-size")
          .defaultTo(LARGEST_RECORD)
          .positive()
          .where(size -> size.compareTo(LARGEST_RECORD) <= 0, "must be at most 10 mb")
          .describedAs("Larger records become dead letters without being sent.");

  public static final JobOption<Duration> LINGER =
      JobOption.ofDuration("kinesis-sink.linger")
          .defaultTo(Duration.ofMillis(20))
          .notNegative()
          .describedAs("How long a record may wait for others to fill a request.");

  public static final JobOption<Packing> PACKING =
      JobOption.ofEnum("kinesis-sink.packing", Packing.class)
          .defaultTo(Packing.NONE)
          .describedAs(
              "Whether records of one key that wait for each other go as one KPL aggregate:"
                  + " consumers must then take aggregates apart.");

  public static final JobOption<MemorySize> PACKED_SIZE =
      JobOption.ofMemorySize("kinesis-sink.packed-size")
          .defaultTo(MemorySize.parse("100 kb"))
          .positive()
          .where(size -> size.compareTo(LARGEST_RECORD) <= 0, "must be at most 10 mb")
          .describedAs("Most bytes of an aggregate.");

  public static final List<JobOption<?>> ALL =
      JobOption.all(
          List.of(
              STREAM,
              REGION,
              ENDPOINT,
              ACCESS_KEY_ID,
              SECRET_ACCESS_KEY,
              REQUEST_TIMEOUT,
              BUFFER,
              QUEUED_PER_KEY,
              REQUESTS,
              REQUEST_SIZE,
              RECORD_SIZE,
              LINGER,
              PACKING,
              PACKED_SIZE));

  private KinesisSinkOptions() {}
}
