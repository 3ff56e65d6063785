package dev.sluice.common.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Reads arguments as on the managed service, whose property file is at a fixed path that a test
 * cannot write.
 */
public final class ManagedService {
  private ManagedService() {}

  public static JobArguments arguments(
      Path propertyFile, List<JobOption<?>> options, String... args) {
    return new ArgumentsReader(options, propertyFile).read(args).build(arguments -> arguments);
  }
}
