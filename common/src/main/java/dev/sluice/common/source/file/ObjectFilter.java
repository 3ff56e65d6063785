package dev.sluice.common.source.file;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which objects below an input path are read, by their names. Immutable.
 *
 * <p>Hidden ones never are: those of which the file name or any folder below the input path begins
 * with {@code .} or {@code _}, as unfinished and bookkeeping files of Flink, Hadoop and Spark do.
 */
final class ObjectFilter implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> suffixes = new ArrayList<>();
  private final String prefix;

  /**
   * @param suffixes of file names, in any case; none means all
   * @param prefix of the path below the input path, without a slash at its begin; case counts
   */
  ObjectFilter(List<String> suffixes, String prefix) {
    for (String suffix : suffixes) {
      this.suffixes.add(suffix.toLowerCase(Locale.ROOT));
    }
    this.prefix = prefix;
  }

  /**
   * Whether a folder may hold objects to be read.
   *
   * @param relative its path below the input path, with a slash at its end
   */
  boolean descends(String relative, String name) {
    return !isHidden(name) && (relative.startsWith(prefix) || prefix.startsWith(relative));
  }

  /** Whether an object is to be read; the path is that below the input path. */
  boolean accepts(String relative, String name) {
    return !isHidden(name) && relative.startsWith(prefix) && hasSuffix(name);
  }

  private boolean hasSuffix(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return suffixes.isEmpty() || suffixes.stream().anyMatch(lower::endsWith);
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }
}
