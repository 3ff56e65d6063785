package dev.sluice.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** A folder that another module of the build fills, as a distribution to start a server from. */
public final class BuildFolder {
  /** System property of the launcher: the root of the repository. */
  static final String HOME = "sluice.home";

  private BuildFolder() {}

  /**
   * Finds the folder through a system property, or else in the root of the repository that system
   * property {@value #HOME} names, or else in the working folder or one above it.
   *
   * @param property names the folder itself
   * @param module path of the module below the root of the repository
   * @param folder path of the folder below the module
   * @throws IllegalStateException if there is none; it says how to make it
   */
  public static Path find(String property, String module, String folder) {
    String given = System.getProperty(property);
    if (given != null) {
      Path path = Paths.get(given).toAbsolutePath();
      if (!Files.isDirectory(path)) {
        throw new IllegalStateException(
            "System property '" + property + "' must name a folder, but was '" + given + "'");
      }
      return path;
    }
    Path start = Paths.get(System.getProperty(HOME, "")).toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      Path candidate = at.resolve(module).resolve(folder);
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    throw new IllegalStateException(
        "Cannot find '"
            + module
            + "/"
            + folder
            + "' in '"
            + start
            + "' or above it: make it with"
            + " 'mvn -pl "
            + module
            + " process-resources' in the root of the repository, or name"
            + " the folder with -D"
            + property
            + "=...");
  }
}
