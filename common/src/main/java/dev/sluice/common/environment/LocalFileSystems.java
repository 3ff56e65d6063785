package dev.sluice.common.environment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;

/** Flink's file systems in a local run, where nobody else initialises them. */
final class LocalFileSystems {
  /** Hadoop's names: requests of the SDK, calls of S3A, and their times in milliseconds. */
  private static final Map<String, String> FEW_RETRIES =
      Map.of(
          "attempts.maximum", "1",
          "retry.limit", "1",
          "retry.interval", "100ms",
          "connection.establish.timeout", "4000",
          "connection.timeout", "8000");

  /** Flink takes these as one. */
  private static final List<String> PREFIXES = List.of("s3.", "s3a.", "fs.s3a.");

  private LocalFileSystems() {}

  /**
   * Initialises the file systems of this JVM with the plugins in the folder that the environment
   * variable {@code FLINK_PLUGINS_DIR} names, so that {@code s3:} is served by the same plugin as
   * on a cluster. May be called again, for another endpoint for example.
   */
  static void initialize(Configuration flink) {
    FileSystem.initialize(flink, PluginUtils.createPluginManagerFromRootFolder(flink));
  }

  /**
   * For a first look at S3, when nobody wants to wait for some 20 attempts: one attempt, of
   * seconds. What was set on purpose is kept.
   */
  static Configuration withFewRetries(Configuration flink) {
    Configuration impatient = new Configuration(flink);
    FEW_RETRIES.forEach(
        (key, value) -> {
          if (PREFIXES.stream().noneMatch(prefix -> flink.containsKey(prefix + key))) {
            impatient.setString("fs.s3a." + key, value);
          }
        });
    return impatient;
  }

  /** Flink wants checkpoint folders as URIs; people write {@code out/checkpoints}. */
  static String absoluteUri(String location) {
    return location.contains("://") || location.startsWith("file:")
        ? location
        : Path.of(location).toAbsolutePath().normalize().toUri().toString();
  }
}
