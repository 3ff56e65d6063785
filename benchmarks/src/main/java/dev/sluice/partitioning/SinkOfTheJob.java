package dev.sluice.partitioning;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.source.generated.GeneratedSource;
import java.util.List;

/**
 * The job as shipped but for its source: from records to finished objects.
 *
 * <p>In the package of the job, where its settings and its topology can be seen.
 */
public final class SinkOfTheJob {
  private SinkOfTheJob() {}

  /** Runs to the end. */
  public static void run(GeneratedSource source, String... args) throws Exception {
    JobArguments arguments = JobArguments.parse(args, PartitionedSinkOptions.ALL);
    PartitionedSinkSettings settings = new PartitionedSinkSettings(arguments);
    try (JobEnvironment env = JobEnvironment.create("partitioned-sink", arguments)) {
      env.streams().getConfig().enableObjectReuse(); // as the job does
      PartitionedSinkTopology.build(
              source.addTo(env.streams(), "generate-records"),
              List.of(),
              settings.partitioning,
              settings.laneThroughput())
          .sinkTo(settings.delivery.sink(settings.output))
          .name("write partitions")
          .uid(Uids.WRITE);
      env.execute();
    }
  }
}
