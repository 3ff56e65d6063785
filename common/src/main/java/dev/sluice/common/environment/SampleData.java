package dev.sluice.common.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;

/** Finds the repository's {@code sample-data} folder, for the embedded defaults of jobs. */
public final class SampleData {
  /** Set by the launcher to the root of the repository. */
  private static final String HOME_PROPERTY = "sluice.home";

  private SampleData() {}

  /**
   * The root of the repository: what the system property {@code sluice.home} says, or the nearest
   * folder at or above the working folder that has a {@code sample-data} folder; empty elsewhere,
   * as on a cluster.
   */
  public static Optional<Path> home() {
    String home = System.getProperty(HOME_PROPERTY);
    Path start = Paths.get(home == null ? "" : home).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("sample-data").resolve("README.md"))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /** A folder of the sample data, if there is any. */
  public static Optional<Path> find(String name) {
    return home().map(folder -> folder.resolve("sample-data").resolve(name));
  }
}
