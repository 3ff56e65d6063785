package dev.sluice.partitioning;

import static dev.sluice.partitioning.PartitioningOptions.FIREHOSE;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.Origin;
import java.io.IOException;
import java.util.Map;

/** Puts the file of {@code firehose.configuration} below all other places of options. Stateless. */
final class FirehoseOptions {
  private FirehoseOptions() {}

  static JobArguments over(JobArguments arguments) {
    String file = arguments.find(FIREHOSE).orElse("");
    if (file.isEmpty()) {
      return arguments;
    }
    try {
      Map<String, String> options = FirehoseConfiguration.options(ConfigurationFile.read(file));
      return arguments.over(options, Origin.foreignFile(file));
    } catch (IOException e) {
      arguments.check(
          problems -> problems.require(false, FIREHOSE, "cannot be read: " + e.getMessage()));
    } catch (FirehoseConfiguration.UnsupportedException e) {
      arguments.check(
          problems -> problems.require(false, FIREHOSE, String.valueOf(e.getMessage())));
    }
    return arguments;
  }
}
