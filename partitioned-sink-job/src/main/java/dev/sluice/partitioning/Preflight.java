package dev.sluice.partitioning;

import static dev.sluice.partitioning.DeliveryOptions.OUTPUT_PATH;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import dev.sluice.common.environment.EnvironmentOptions;
import dev.sluice.common.environment.SampleData;
import dev.sluice.partitioning.plan.PlanOptions;
import dev.sluice.partitioning.plan.PlanOptions.SampleForm;
import dev.sluice.partitioning.plan.PlanRequest;
import dev.sluice.partitioning.plan.PlanSettings;
import dev.sluice.partitioning.sink.OverflowPolicy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** What {@code ./sluice plan partitioned-sink} is started with, checked; and doing it. */
final class Preflight {
  /** Those of the job count as they will when it runs; where records come from does not. */
  static final List<JobOption<?>> OPTIONS =
      JobOption.all(PlanOptions.ALL, PartitionedSinkOptions.ALL);

  private final JobArguments arguments;
  private final PlanRequest request;
  private final Partitioning partitioning;
  private final Delivery delivery;

  Preflight(JobArguments given) {
    arguments = FirehoseOptions.over(given);
    request = new PlanRequest(arguments);
    boolean wholeObjects = arguments.get(PlanOptions.FORM) == SampleForm.OBJECT;
    PartitioningSettings partitions =
        new PartitioningSettings(
            arguments, isOfSampleData(arguments.get(PlanOptions.SAMPLE)), wholeObjects);
    delivery = new Delivery(arguments, partitions);
    partitioning =
        partitions.partitioning(
            arguments.find(OUTPUT_PATH).orElse(""), delivery.format.rows(), false);
  }

  /** For those the options have their values for the sample, as in a run. */
  private static boolean isOfSampleData(String sample) {
    return SampleData.find("clickstream")
        .map(folder -> Path.of(sample).toAbsolutePath().normalize().startsWith(folder))
        .orElse(false);
  }

  void run(PrintStream out) throws Exception {
    PartitioningMetrics uncounted =
        new PartitioningMetrics(new UnregisteredMetricsGroup(), () -> 0);
    try (RecordPipeline pipeline =
        partitioning.open(
            uncounted, System::currentTimeMillis, Thread.currentThread().getContextClassLoader())) {
      request.run(settings(), pipeline, delivery.format.objects(), out);
    }
  }

  private PlanSettings settings() {
    int subtasks =
        arguments
            .find(EnvironmentOptions.PARALLELISM)
            .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    PlanSettings plan =
        PlanSettings.of(
                arguments.get(DeliveryOptions.BUFFER_SIZE).getBytes(),
                arguments.get(DeliveryOptions.BUFFER_INTERVAL))
            .memory(arguments.get(DeliveryOptions.BUFFER_MEMORY).getBytes(), subtasks)
            .laneThroughput(arguments.get(DeliveryOptions.LANE_THROUGHPUT).getBytes());
    plan = arguments.find(DeliveryOptions.BUFFER_RECORDS).map(plan::records).orElse(plan);
    plan = arguments.find(DeliveryOptions.BUFFER_INACTIVITY).map(plan::inactivity).orElse(plan);
    PlanSettings limited = plan;
    boolean endsOldest = arguments.get(DeliveryOptions.ON_LIMIT) == OverflowPolicy.CLOSE_OLDEST;
    return arguments
        .find(DeliveryOptions.MAX_ACTIVE)
        .map(most -> endsOldest ? limited.endingOldestBeyond(most) : limited.refusingBeyond(most))
        .orElse(plan);
  }
}
