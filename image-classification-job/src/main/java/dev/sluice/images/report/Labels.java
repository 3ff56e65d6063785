package dev.sluice.images.report;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an image shows, if its path tells: the name of its folder, when that is one of the classes
 * of the model. Otherwise the label is unknown: {@code inbox/2026/7.jpg} is no mistake of the
 * model's.
 */
final class Labels {
  private final Set<String> classes;

  Labels(Set<String> classes) {
    this.classes = new HashSet<>(classes);
  }

  Optional<String> of(String path) {
    return Optional.of(folder(path)).filter(classes::contains);
  }

  /** Name of the folder that a file is in; empty if the path has none. */
  private static String folder(String path) {
    int end = path.lastIndexOf('/');
    return end < 0 ? "" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }
}
