package dev.sluice.benchmarks.partitions;

import dev.sluice.benchmarks.measure.Contestant;
import dev.sluice.common.source.generated.GeneratedSource;
import dev.sluice.partitioning.SinkOfTheJob;
import java.nio.file.Path;
import java.time.Duration;

/** The job as shipped, from its options, behind the source that all have. */
final class SluiceJob implements Contestant {
  private final Workload workload;
  private final Duration interval;
  private final int parallelism;

  SluiceJob(Workload workload, Duration interval, int parallelism) {
    this.workload = workload;
    this.interval = interval;
    this.parallelism = parallelism;
  }

  @Override
  public void run(Path input, Path output, Path checkpoints) throws Exception {
    SinkOfTheJob.run(
        GeneratedSource.of(new Clicks(workload)).records(workload.all()),
        "--input.path=" + input.toUri(),
        "--output.path=" + output.toUri(),
        "--record.deaggregation=none",
        "--partition.query={customer_id: .customer_id}",
        "--output.prefix=customer_id=!{partitionKeyFromQuery:customer_id}/",
        "--buffer.size=" + workload.bufferBytes() + " bytes",
        "--buffer.interval=1 h",
        "--job.parallelism=" + parallelism,
        "--checkpoint.interval=" + interval.toMillis() + " ms",
        "--checkpoint.directory=" + checkpoints.toUri());
  }

  @Override
  public Work work(Path output) {
    return new Work(workload.all(), 0);
  }

  @Override
  public long done() {
    return Clicks.made();
  }
}
