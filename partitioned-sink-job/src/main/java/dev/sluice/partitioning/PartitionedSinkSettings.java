package dev.sluice.partitioning;

import static dev.sluice.partitioning.DeliveryOptions.*;
import static dev.sluice.partitioning.PartitionedSinkOptions.*;
import static dev.sluice.partitioning.PartitioningOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.Origin;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.LocalFolders;
import dev.sluice.common.environment.SampleData;
import dev.sluice.common.source.file.FileObjectSource;
import dev.sluice.common.source.file.FileObjectSourceBuilder;
import dev.sluice.common.source.file.OutputUnderInput;
import dev.sluice.common.source.kinesis.KinesisSourceSettings;
import dev.sluice.partitioning.PartitionedSinkOptions.SourceType;
import dev.sluice.partitioning.report.SinkRun;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.configuration.StateRecoveryOptions;

/** What the job is started with, checked. */
final class PartitionedSinkSettings {
  final SourceType sourceType;
  final List<String> inputs;
  final String output;
  final Partitioning partitioning;
  final Delivery delivery;
  final GeneratorSettings generator;

  /** Empty unless Kinesis is read. */
  final Optional<KinesisSourceSettings> kinesis;

  private final JobArguments arguments;

  /** Rules between options: the output does not lie under the input, which a cluster must name. */
  PartitionedSinkSettings(JobArguments given) {
    arguments = FirehoseOptions.over(given);
    sourceType = arguments.get(SOURCE);
    boolean ownFiles = sourceType == SourceType.FILES && arguments.find(INPUT_PATH).isEmpty();
    boolean sample = ownFiles || sourceType == SourceType.GENERATOR;
    inputs = inputs(ownFiles);
    generator = new GeneratorSettings(arguments);
    kinesis =
        sourceType == SourceType.KINESIS
            ? Optional.of(new KinesisSourceSettings(arguments))
            : Optional.empty();
    output = arguments.find(OUTPUT_PATH).orElseGet(() -> newFolder().orElse(""));
    PartitioningSettings partitions =
        new PartitioningSettings(arguments, sample, sourceType == SourceType.FILES);
    delivery = new Delivery(arguments, partitions);
    partitioning = partitions.partitioning(output, delivery.format.rows(), delivery.refuses());
    check();
  }

  /** For dead letters, whatever else is said. */
  static PartitionedSinkSettings ofRedrive(JobArguments given) {
    Map<String, String> source = Map.of(SOURCE.key(), "dead-letters");
    PartitionedSinkSettings settings =
        new PartitionedSinkSettings(given.over(source, Origin.foreignFile("redrive")));
    given.check(
        problems ->
            problems.require(
                settings.sourceType == SourceType.DEAD_LETTERS,
                SOURCE,
                "must be dead-letters, or not be set, for the command redrive"));
    return settings;
  }

  /** None where no objects are read; an empty path where there should be one. */
  private List<String> inputs(boolean sample) {
    if (sourceType == SourceType.GENERATOR || sourceType == SourceType.KINESIS) {
      return List.of();
    }
    return arguments
        .find(INPUT_PATH)
        .orElseGet(() -> List.of(sample ? sampleData().orElse("") : ""));
  }

  private void check() {
    boolean files = sourceType == SourceType.FILES;
    arguments.check(
        problems -> {
          problems
              .require(
                  !inputs.contains(""),
                  INPUT_PATH,
                  files ? "must be set: there is no sample data here" : "must be set")
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

  /** To be looked at before a local run. */
  LocalFolders folders() {
    boolean redrives = sourceType == SourceType.DEAD_LETTERS;
    LocalFolders folders = new LocalFolders(arguments);
    if (arguments.find(INPUT_DISCOVERY_INTERVAL).isPresent()) {
      folders.mayCome(INPUT_PATH, inputs);
    } else {
      folders.thereIs(INPUT_PATH, inputs);
    }
    boolean restores =
        arguments.flink().getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isPresent();
    if (!restores && !arguments.find(APPEND).orElse(redrives)) {
      folders.holdsNothing(
          OUTPUT_PATH,
          List.of(output),
          "choose another folder, or add to this one with --output.append=true");
    }
    return folders;
  }

  /** Whether objects of dead letters are read that are there, and an end is in sight. */
  boolean isRedrive() {
    return sourceType == SourceType.DEAD_LETTERS
        && arguments.find(INPUT_DISCOVERY_INTERVAL).isEmpty();
  }

  Redrive redrive(PrintStream out) {
    return new Redrive(arguments, inputs, out);
  }

  /**
   * @param paths folders, or objects
   */
  FileObjectSource files(List<String> paths) {
    FileObjectSourceBuilder builder =
        FileObjectSource.builder(
                paths.stream().map(org.apache.flink.core.fs.Path::new).collect(Collectors.toList()))
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
