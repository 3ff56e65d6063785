package dev.sluice.images.inference;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A model's files in a local folder, ready to be loaded, with what they say of themselves. */
final class ModelFiles {
  private static final String SERVING_PROPERTIES = "serving.properties";

  final Path weights;
  final String name;
  final String version;
  final String sha256;
  final ServingProperties properties;
  final List<String> classes;

  private ModelFiles(Path weights, String[] identity, ServingProperties properties)
      throws IOException {
    this.weights = weights;
    this.name = identity[0];
    this.version = identity[1];
    this.sha256 = identity[2];
    this.properties = properties;
    this.classes = classes(weights.resolveSibling(properties.synsetFileName()));
  }

  /** Of a folder that has a {@code serving.properties}; it may lie one folder deeper. */
  static ModelFiles of(Path folder, ModelSource source, String sha256) throws IOException {
    Path root = nested(folder);
    Path file = root.resolve(SERVING_PROPERTIES);
    if (!Files.isRegularFile(file)) {
      throw new InvalidModelException(
          "Model '"
              + source.url
              + "' has no serving.properties; without it nobody knows how images are to be"
              + " prepared. The job's README shows one");
    }
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    Map<String, String> values = new HashMap<>();
    read.stringPropertyNames().forEach(key -> values.put(key, read.getProperty(key).trim()));
    return of(root, source, sha256, values, "");
  }

  /** Of a folder whose properties are known from elsewhere, as the model zoo's are. */
  static ModelFiles of(
      Path folder, ModelSource source, String sha256, Map<String, String> values, String ownVersion)
      throws IOException {
    ServingProperties properties = new ServingProperties(values);
    Path weights = weights(folder, source, properties.modelName());
    String ownName = weights.getFileName().toString().replaceAll("\\.pt$", "");
    String[] identity = {
      source.name == null ? ownName : source.name,
      source.version == null ? ownVersion : source.version,
      sha256
    };
    return new ModelFiles(weights, identity, properties);
  }

  private static Path nested(Path folder) throws IOException {
    if (Files.isRegularFile(folder.resolve(SERVING_PROPERTIES))) {
      return folder;
    }
    try (Stream<Path> children = Files.list(folder)) {
      List<Path> found = children.collect(Collectors.toList());
      return found.size() == 1 && Files.isDirectory(found.get(0)) ? found.get(0) : folder;
    }
  }

  private static Path weights(Path folder, ModelSource source, @Nullable String name)
      throws IOException {
    List<Path> candidates;
    try (Stream<Path> children = Files.list(folder)) {
      candidates =
          children
              .filter(file -> file.toString().endsWith(".pt"))
              .filter(file -> name == null || file.getFileName().toString().equals(name + ".pt"))
              .collect(Collectors.toList());
    }
    if (candidates.size() != 1) {
      throw new InvalidModelException(
          "Model '"
              + source.url
              + "' must have one TorchScript file '"
              + (name == null ? "*" : name)
              + ".pt', but has "
              + candidates.size());
    }
    return candidates.get(0);
  }

  private static List<String> classes(Path synset) throws IOException {
    if (!Files.isRegularFile(synset)) {
      throw new InvalidModelException(
          "Model has no '" + synset.getFileName() + "': one class name a line, in output order");
    }
    return Files.readAllLines(synset).stream()
        .map(String::trim)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toList());
  }
}
