package dev.sluice.benchmarks.replication;

import dev.sluice.local.LocalKinesis;
import dev.sluice.replication.ReplicatorOfTheJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The job as shipped, with the defaults of its options but for polling and slow requests. */
final class SluiceCopy implements Copy {
  private final Streams streams;
  private final Path folder;
  private final Duration interval;
  private final ReplicatorOfTheJob job = new ReplicatorOfTheJob();

  SluiceCopy(Streams streams, Path folder, Duration interval) {
    this.streams = streams;
    this.folder = folder;
    this.interval = interval;
  }

  @Override
  public void run() throws Exception {
    job.run(
        List.of(
            "--kinesis.streams=" + Streams.NAME,
            "--kinesis.region=" + Streams.SOURCE_REGION,
            "--kinesis.endpoint=" + streams.sourceEndpoint(),
            "--kinesis.access-key-id=" + LocalKinesis.ACCESS_KEY,
            "--kinesis.secret-access-key=" + LocalKinesis.SECRET_KEY,
            "--kinesis.reader=polling",
            "--kinesis.poll-interval=" + streams.pollMillis() + " ms",
            "--kinesis-sink.stream=" + Streams.NAME,
            "--kinesis-sink.region=" + Streams.TARGET_REGION,
            "--kinesis-sink.endpoint=" + streams.targetEndpoint(),
            "--kinesis-sink.access-key-id=" + LocalKinesis.ACCESS_KEY,
            "--kinesis-sink.secret-access-key=" + LocalKinesis.SECRET_KEY,
            "--kinesis-sink.request-size=" + Streams.REQUEST_BYTES + " bytes",
            "--kinesis-sink.request-timeout=1 min",
            "--positions.path=" + folder.resolve("positions").toUri(),
            "--dead-letters.path=" + folder.resolve("dead-letters").toUri(),
            "--job.parallelism=" + CopyProcess.PARALLELISM,
            "--checkpoint.interval=" + interval.toMillis() + " ms",
            "--checkpoint.directory=" + folder.resolve("checkpoints").toUri()));
  }

  @Override
  public long done() {
    return job.replicated();
  }
}
