package dev.sluice.images.inference;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which model, and where its files are. Immutable; equal sources share one model in a process.
 *
 * <p>Forms of the URL:
 *
 * <ul>
 *   <li>{@code djl://ai.djl.pytorch/resnet/0.0.1/traced_resnet18}: DJL's model zoo, pinned to
 *       group, artifact, version and name, so that it cannot become another network
 *   <li>any file system of Flink's ({@code file:}, {@code s3:}): a folder, or an archive that ends
 *       in {@code .zip}, {@code .tar.gz} or {@code .tgz}, with a {@code .pt} file, {@code
 *       serving.properties} and {@code synset.txt}
 * </ul>
 */
public final class ModelSource implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Where the files are. */
  public final String url;

  /** Name in the results, or null for the model's own. */
  public final @Nullable String name;

  /** Version in the results, or null for the model's own. */
  public final @Nullable String version;

  /** Lower-case hexadecimal SHA-256 that the files must have, or null to take what is there. */
  public final @Nullable String sha256;

  /** A model that must have this hash, by {@link ModelHash}'s rule. */
  public ModelSource(
      String url, @Nullable String name, @Nullable String version, @Nullable String sha256) {
    this.url = url;
    this.name = name;
    this.version = version;
    this.sha256 = sha256;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof ModelSource)) {
      return false;
    }
    ModelSource that = (ModelSource) other;
    return url.equals(that.url)
        && Objects.equals(name, that.name)
        && Objects.equals(version, that.version)
        && Objects.equals(sha256, that.sha256);
  }

  @Override
  public int hashCode() {
    return Objects.hash(url, name, version, sha256);
  }

  @Override
  public String toString() {
    return url;
  }
}
