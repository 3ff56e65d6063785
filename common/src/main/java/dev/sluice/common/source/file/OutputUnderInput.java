package dev.sluice.common.source.file;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Locale;

/**
 * Whether a job would read what it writes: its output lies in the folder that it monitors.
 *
 * <p>Locations are what Flink takes as paths: {@code s3://bucket/key}, {@code file:/folder}, {@code
 * folder}. Nothing is percent-decoded.
 */
public final class OutputUnderInput {
  private OutputUnderInput() {}

  /**
   * Whether one location is the other, or below it.
   *
   * <p>Takes into account: {@code .} and {@code ..}, repeated and final slashes; {@code s3}, {@code
   * s3a} and {@code s3n} as one; schemes and buckets in any case, but paths exactly; relative local
   * paths from the working folder of this process; symbolic links of local folders that exist.
   */
  public static boolean check(String output, String input) {
    String outer = normalize(input);
    String inner = normalize(output);
    return inner.equals(outer) || inner.startsWith(outer.endsWith("/") ? outer : outer + "/");
  }

  private static String normalize(String location) {
    int colon = location.indexOf(':');
    int slash = location.indexOf('/');
    boolean hasScheme = colon > 0 && (slash < 0 || colon < slash);
    String scheme = hasScheme ? location.substring(0, colon).toLowerCase(Locale.ROOT) : "file";
    String rest = hasScheme ? location.substring(colon + 1) : location;
    String authority = "";
    if (hasScheme && rest.startsWith("//")) {
      int end = rest.indexOf('/', 2);
      authority = rest.substring(2, end < 0 ? rest.length() : end).toLowerCase(Locale.ROOT);
      rest = end < 0 ? "/" : rest.substring(end);
    }
    if (scheme.equals("file")) {
      return "file:" + localPath(rest);
    }
    if (scheme.equals("s3a") || scheme.equals("s3n")) {
      scheme = "s3";
    }
    return scheme + "://" + authority + resolveDots("/" + rest);
  }

  private static String localPath(String path) {
    Path absolute = Paths.get(path.isEmpty() ? "." : path).toAbsolutePath().normalize();
    // The output folder need not exist yet, but a folder above it may be a link.
    for (Path parent = absolute; parent != null; parent = parent.getParent()) {
      if (Files.exists(parent)) {
        try {
          return parent.toRealPath().resolve(parent.relativize(absolute)).normalize().toString();
        } catch (IOException e) {
          throw new IllegalArgumentException(
              "Cannot resolve '" + path + "' at '" + parent + "'", e);
        }
      }
    }
    return absolute.toString();
  }

  private static String resolveDots(String path) {
    try {
      String resolved = new URI(null, null, path.replaceAll("/+", "/"), null).normalize().getPath();
      // What goes above the bucket stays in it.
      String inside = resolved.replaceFirst("^(/\\.\\.)+(?=/|$)", "");
      return inside.length() > 1 && inside.endsWith("/")
          ? inside.substring(0, inside.length() - 1)
          : inside;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Location '" + path + "' is not a path", e);
    }
  }
}
