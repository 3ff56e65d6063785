package dev.sluice.images.report;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A model as results name it. Immutable. */
final class Model {
  final String name;
  final String version;
  final String sha256;

  Model(String name, String version, String sha256) {
    this.name = name;
    this.version = version;
    this.sha256 = sha256;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Model)) {
      return false;
    }
    Model that = (Model) other;
    return name.equals(that.name) && version.equals(that.version) && sha256.equals(that.sha256);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, version, sha256);
  }

  @Override
  public String toString() {
    return version.isEmpty() ? name : name + " " + version;
  }
}
