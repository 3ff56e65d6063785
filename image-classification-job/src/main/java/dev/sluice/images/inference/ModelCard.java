package dev.sluice.images.inference;

import java.util.List;

/** Identity of a model, as results name it. Immutable. */
public final class ModelCard {
  /** For people: {@code resnet18-shapes}. */
  public final String name;

  /** Empty if the model has none. */
  public final String version;

  /** Lower-case hexadecimal SHA-256 of the model's files. */
  public final String sha256;

  /** Class names in the order of the model's output. */
  public final List<String> classes;

  /** A model of this name, version, hash and classes. */
  public ModelCard(String name, String version, String sha256, List<String> classes) {
    this.name = name;
    this.version = version;
    this.sha256 = sha256;
    this.classes = classes;
  }
}
