package dev.sluice.partitioning;

import static dev.sluice.partitioning.DeliveryOptions.*;
import static dev.sluice.partitioning.PartitionedSinkOptions.*;
import static dev.sluice.partitioning.PartitioningOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.SampleData;
import dev.sluice.common.source.file.FileObjectSource;
import dev.sluice.common.source.file.FileObjectSourceBuilder;
import dev.sluice.common.source.file.OutputUnderInput;
import dev.sluice.partitioning.PartitionedSinkOptions.SourceType;
import dev.sluice.partitioning.report.SinkRun;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the job is started with, checked. */
final class PartitionedSinkSettings {
  final SourceType sourceType;
  final List<String> inputs;
  final String output;
  final Partitioning partitioning;
  final Delivery delivery;
  private final JobArguments arguments;

  /** Rules between options: the output does not lie under the input, which a cluster must name. */
  PartitionedSinkSettings(JobArguments given) {
    arguments = FirehoseOptions.over(given);
    sourceType = arguments.get(SOURCE);
    boolean sample = sourceType == SourceType.FILES && arguments.find(INPUT_PATH).isEmpty();
    inputs = arguments.find(INPUT_PATH).orElseGet(() -> List.of(sampleData().orElse("")));
    output = arguments.find(OUTPUT_PATH).orElseGet(() -> newFolder().orElse(""));
    PartitioningSettings partitions =
        new PartitioningSettings(arguments, sample, sourceType == SourceType.FILES);
    delivery = new Delivery(arguments, partitions);
    partitioning = partitions.partitioning(delivery.format.rows(), delivery.refuses());
    check();
  }

  private void check() {
    arguments.check(
        problems -> {
          problems
              .require(
                  !inputs.contains(""), INPUT_PATH, "must be set: there is no sample data here")
              .require(!output.isEmpty(), OUTPUT_PATH, "must be set: this is no local run");
          for (String input : inputs) {
            problems.require(
                input.isEmpty() || output.isEmpty() || !OutputUnderInput.check(output, input),
                OUTPUT_PATH,
                "must not lie under the input '" + input + "', or the job reads what it writes",
                INPUT_PATH);
          }
        });
  }

  /** Only where main() runs is it the machine that the tasks run on. */
  private static Optional<String> sampleData() {
    return JobEnvironment.isLocalRun()
        ? SampleData.find("clickstream").map(folder -> folder.toUri().toString())
        : Optional.empty();
  }

  /** Below {@code out/} of the repository, named by the time, so that no run meets another's. */
  private static Optional<String> newFolder() {
    String name =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss"));
    return SampleData.home()
        .filter(home -> JobEnvironment.isLocalRun())
        .map(home -> home.resolve(Path.of("out", "partitioned-sink", name)).toUri().toString());
  }

  FileObjectSource files() {
    FileObjectSourceBuilder builder =
        FileObjectSource.builder(
                inputs.stream()
                    .map(org.apache.flink.core.fs.Path::new)
                    .collect(Collectors.toList()))
            .suffixes(arguments.get(INPUT_SUFFIXES))
            .maxObjectBytes(arguments.get(INPUT_MAX_OBJECT_SIZE).getBytes());
    arguments
        .find(INPUT_DISCOVERY_INTERVAL)
        .ifPresent(interval -> builder.monitor(interval, arguments.get(INPUT_DISCOVERY_WINDOW)));
    return builder.build();
  }

  /** What a report is about, but for what only the run knows. */
  SinkRun toBeReported() {
    return SinkRun.writtenTo(
            new org.apache.flink.core.fs.Path(output), arguments.get(DeliveryOptions.STREAM_NAME))
        .withOptions(arguments.toString())
        .withErrorPrefixes(partitioning.errorPrefix().all())
        .withLines(delivery.format.isLines());
  }

  /** In a folder of the user's it has a name that query engines pass over. */
  org.apache.flink.core.fs.Path report() {
    String name = arguments.isSet(OUTPUT_PATH) ? "_report.html" : "report.html";
    return new org.apache.flink.core.fs.Path(output, name);
  }

  long laneThroughput() {
    return arguments.get(LANE_THROUGHPUT).getBytes();
  }
}
