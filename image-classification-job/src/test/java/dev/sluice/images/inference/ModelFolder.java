package dev.sluice.images.inference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the sample model, to be changed. */
final class ModelFolder {
  static final Path SAMPLE = DjlTranslator.model("resnet18-shapes");
  static final String WEIGHTS = "resnet18-shapes.pt";

  final Path path;

  private ModelFolder(Path path) {
    this.path = path;
  }

  static ModelFolder copy(Path target) throws IOException {
    Files.createDirectories(target);
    for (String name : List.of(WEIGHTS, "serving.properties", "synset.txt")) {
      Files.copy(SAMPLE.resolve(name), target.resolve(name));
    }
    return new ModelFolder(target);
  }

  /** Replaces lines of serving.properties; a key that is not there is added. */
  ModelFolder set(String key, String value) throws IOException {
    Path file = path.resolve("serving.properties");
    try (Stream<String> lines = Files.lines(file)) {
      String rest = String.join("\n", lines.filter(line -> !line.startsWith(key + "=")).toList());
      Files.writeString(file, rest + "\n" + (value.isEmpty() ? "" : key + "=" + value + "\n"));
    }
    return this;
  }

  ModelFolder write(String name, byte[] content) throws IOException {
    Files.write(path.resolve(name), content);
    return this;
  }

  ModelFolder write(String name, String content) throws IOException {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  ModelFolder delete(String name) throws IOException {
    Files.delete(path.resolve(name));
    return this;
  }

  byte[] read(String name) throws IOException {
    return Files.readAllBytes(path.resolve(name));
  }
}
