package dev.sluice.benchmarks.images;

import ai.djl.modality.cv.Image;
import java.util.UUID;

/** A decoded image under a random id. No POJO: Flink gives it to Kryo, as it does the post's. */
final class DecodedImage {
  private final String id = UUID.randomUUID().toString();
  private final Image image;

  DecodedImage(Image image) {
    this.image = image;
  }

  String id() {
    return id;
  }

  Image image() {
    return image;
  }
}
