package dev.sluice.images;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of an image, with all that is needed to join it to its input and to repeat it.
 *
 * <p>A Flink POJO; {@link ClassificationJson} is the form on disk.
 */
public final class Classification {
  /** URI of the image: {@code s3://bucket/cats/2.jpg}. */
  public String path;

  /** Size of the file in bytes. */
  public long size;

  /** When the file was written, in milliseconds since the epoch. */
  public long modificationTime;

  /** Name of the model. */
  public String modelName;

  /** Version of the model; empty if it has none. */
  public String modelVersion;

  /** Lower-case hexadecimal SHA-256 of the model's files. */
  public String modelSha256;

  /** The most probable classes, most probable first. */
  public String[] classes;

  /** Probability of each of {@link #classes}, 0 to 1. */
  public float[] probabilities;

  /** Decoding and preparing this image, in milliseconds. */
  public double decodeMillis;

  /** This image's share of the forward pass of its batch, in milliseconds. */
  public double inferenceMillis;

  /** Images in that forward pass. */
  public int batchSize;

  /** When the image was classified, in milliseconds since the epoch. */
  public long timestamp;

  /** For Flink, and to be filled in. */
  public Classification() {
    path = "";
    modelName = "";
    modelVersion = "";
    modelSha256 = "";
    classes = new String[0];
    probabilities = new float[0];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Classification)) {
      return false;
    }
    Classification that = (Classification) other;
    return path.equals(that.path)
        && size == that.size
        && modificationTime == that.modificationTime
        && modelName.equals(that.modelName)
        && modelVersion.equals(that.modelVersion)
        && modelSha256.equals(that.modelSha256)
        && Arrays.equals(classes, that.classes)
        && Arrays.equals(probabilities, that.probabilities)
        && Double.compare(decodeMillis, that.decodeMillis) == 0
        && Double.compare(inferenceMillis, that.inferenceMillis) == 0
        && batchSize == that.batchSize
        && timestamp == that.timestamp;
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, modificationTime, modelSha256, Arrays.hashCode(classes), timestamp);
  }

  @Override
  public String toString() {
    return String.format(
        "Classification{path='%s', model='%s', classes=%s, probabilities=%s}",
        path, modelName, Arrays.toString(classes), Arrays.toString(probabilities));
  }
}
