package dev.sluice.images;

import java.io.Serializable;
import java.time.Duration;

/** How images are batched and what a result holds. Immutable once built. */
final class Inference implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Images in a forward pass at most. */
  final int batchSize;

  /** Bytes of image files in a batch at most. */
  final long batchBytes;

  /** From the arrival of the first image of a batch to its forward pass at most. */
  final Duration batchMaxAge;

  /** Width times height above which an image is rejected undecoded. */
  final long maxPixels;

  /** Classes per result. */
  final int topK;

  /** Bytes of an image that its dead letter carries at most; larger ones are named only. */
  final long maxPayloadBytes;

  Inference(
      int batchSize,
      long batchBytes,
      Duration batchMaxAge,
      long maxPixels,
      int topK,
      long maxPayloadBytes) {
    this.batchSize = batchSize;
    this.batchBytes = batchBytes;
    this.batchMaxAge = batchMaxAge;
    this.maxPixels = maxPixels;
    this.topK = topK;
    this.maxPayloadBytes = maxPayloadBytes;
  }
}
