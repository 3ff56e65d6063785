package dev.sluice.images.decoding;

import java.io.Serializable;

/** What is refused before a pixel is decoded. Immutable. */
public final class ImageLimits implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final long MAX_DECODED_PIXELS = 16_000_000;

  /** Width times height, by the header. */
  public final long maxPixels;

  /**
   * Images whose short side is at least twice this are thinned out while they are decoded: of each
   * block of n x n pixels one is kept, n as large as leaves this many on the short side, and larger
   * for panoramas of which more than 16 megapixels would be left. Keeps the memory of a
   * 60-megapixel photo at a few megabytes of heap. Progressive JPEG files take native memory beside
   * it, at most 128 MB.
   */
  public final int keptShortSide;

  /**
   * Limits on pixels.
   *
   * @param maxPixels at least 1
   * @param keptShortSide at least the side to which images are resized; twice that is sharp enough
   */
  public ImageLimits(long maxPixels, int keptShortSide) {
    if (maxPixels < 1 || keptShortSide < 1) {
      throw new IllegalArgumentException(
          "Limits must be at least 1, but were '" + maxPixels + "' and '" + keptShortSide + "'");
    }
    this.maxPixels = maxPixels;
    this.keptShortSide = keptShortSide;
  }

  /** Distance of the pixels that are kept; 1 keeps all. */
  int subsampling(int width, int height) {
    int enough = Math.max(1, Math.min(width, height) / keptShortSide);
    int least = (int) Math.ceil(Math.sqrt((double) width * height / MAX_DECODED_PIXELS));
    return Math.max(enough, least);
  }
}
