package dev.sluice.common.environment;

import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;

/** Flink's file systems in a local run, where nobody else initialises them. */
final class LocalFileSystems {
  private LocalFileSystems() {}

  /**
   * Initialises the file systems of this JVM with the plugins in the folder that the environment
   * variable {@code FLINK_PLUGINS_DIR} names, so that {@code s3:} is served by the same plugin as
   * on a cluster. May be called again, for another endpoint for example.
   */
  static void initialize(Configuration flink) {
    FileSystem.initialize(flink, PluginUtils.createPluginManagerFromRootFolder(flink));
  }

  /** Flink wants checkpoint folders as URIs; people write {@code out/checkpoints}. */
  static String absoluteUri(String location) {
    return location.contains("://") || location.startsWith("file:")
        ? location
        : Path.of(location).toAbsolutePath().normalize().toUri().toString();
  }
}
