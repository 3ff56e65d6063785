package dev.sluice.partitioning;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.environment.EnvironmentOptions;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** All options of the job, those of its environment included. */
public final class PartitionedSinkOptions {
  /** Where records come from. */
  public enum SourceType {
    /** Objects of records. */
    FILES,
    /** Objects of dead letters, this job's or Firehose's: their records are sent through again. */
    DEAD_LETTERS,
    /** Made-up clickstream events. */
    GENERATOR
  }

  static final JobOption<SourceType> SOURCE =
      JobOption.ofEnum("source.type", SourceType.class)
          .defaultTo(SourceType.FILES)
          .describedAs("Where records come from.");

  static final JobOption<List<String>> INPUT_PATH =
      JobOption.ofStrings("input.path")
          .defaultDescribedAs("the sample clickstream in a local run; required on a cluster")
          .notEmpty()
          .describedAs("Folders with objects of records, on any file system of Flink's.");

  static final JobOption<List<String>> INPUT_SUFFIXES =
      JobOption.ofStrings("input.suffixes")
          .defaultTo(List.of())
          .describedAs("Only objects whose names end so are read, in any case; none for all.");

  static final JobOption<MemorySize> INPUT_MAX_OBJECT_SIZE =
      JobOption.ofMemorySize("input.max-object-size")
          .defaultTo(MemorySize.ofMebiBytes(64))
          .where(size -> size.getBytes() <= Integer.MAX_VALUE - 8, "must be below 2 gb")
          .describedAs("Larger objects become dead letters without being read.");

  static final JobOption<Duration> INPUT_DISCOVERY_INTERVAL =
      JobOption.ofDuration("input.discovery-interval")
          .defaultDescribedAs("none: the objects that are there are read once")
          .positive()
          .describedAs("Time between listings for new objects; with it the job never ends.");

  static final JobOption<Duration> INPUT_DISCOVERY_WINDOW =
      JobOption.ofDuration("input.discovery-window")
          .defaultTo(Duration.ofHours(1))
          .notNegative()
          .describedAs("How much later than its modification time an object may appear.");

  static final JobOption<Boolean> REDRIVE_REPEAT =
      JobOption.ofBoolean("redrive.repeat")
          .defaultTo(false)
          .describedAs(
              "Whether a local run sends dead letters through that an earlier one has sent"
                  + " already, or may have.");

  /** All about where records come from. */
  private static final List<JobOption<?>> SOURCES =
      JobOption.all(
          List.of(
              SOURCE,
              INPUT_PATH,
              INPUT_SUFFIXES,
              INPUT_MAX_OBJECT_SIZE,
              INPUT_DISCOVERY_INTERVAL,
              INPUT_DISCOVERY_WINDOW,
              REDRIVE_REPEAT),
          GeneratorOptions.ALL);

  /** Every option, in the order of the tables. */
  public static final List<JobOption<?>> ALL =
      JobOption.all(
          SOURCES,
          PartitioningOptions.ALL,
          FormatOptions.ALL,
          DeliveryOptions.ALL,
          EnvironmentOptions.ALL);

  private PartitionedSinkOptions() {}
}
