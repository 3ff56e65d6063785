package dev.sluice.testing;

import dev.sluice.local.BuildFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;
import org.apache.flink.core.plugin.PluginManager;

/**
 * Gives the test's own process, and with it a mini cluster there, the real S3 file system plugin.
 *
 * <p>A mini cluster never initialises file systems itself. Flink's file systems belong to the
 * process: a second call replaces endpoint and keys for everything in it, so jobs on the first
 * endpoint must have ended. The plugin's classes are loaded once. Thread-safe.
 */
public final class S3FileSystem {
  private static final Map<Path, PluginManager> PLUGINS = new HashMap<>();

  private S3FileSystem() {}

  /** Uses the plugins of {@code test-support/flink-distribution}, as the real cluster does. */
  public static void initialize(Configuration configuration) {
    initialize(
        configuration,
        BuildFolder.find(
                "sluice.flink-distribution", "test-support/flink-distribution", "target/flink")
            .resolve("plugins"));
  }

  /**
   * Uses the plugins of a folder.
   *
   * @param configuration Flink's {@code s3.*} keys; {@link LocalS3#flinkConfiguration()} has them
   * @param plugins a folder with one folder per plugin
   */
  public static synchronized void initialize(Configuration configuration, Path plugins) {
    if (!Files.isDirectory(plugins)) {
      throw new IllegalArgumentException("Plugins folder must exist, but was '" + plugins + "'");
    }
    FileSystem.initialize(
        configuration,
        PLUGINS.computeIfAbsent(plugins.toAbsolutePath().normalize(), S3FileSystem::pluginManager));
  }

  /** Gives the process back the file systems that it has without plugins. */
  public static synchronized void reset() {
    FileSystem.initialize(new Configuration(), null);
  }

  private static PluginManager pluginManager(Path plugins) {
    try {
      return new DefaultPluginManager(
          new DirectoryBasedPluginFinder(plugins).findPlugins(),
          CoreOptions.getPluginParentFirstLoaderPatterns(new Configuration()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read plugins in '" + plugins + "'", e);
    }
  }
}
