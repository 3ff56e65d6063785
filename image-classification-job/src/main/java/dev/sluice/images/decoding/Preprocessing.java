package dev.sluice.images.decoding;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Resize, centre crop, scale to 0..1 and normalise, in one pass over the pixels of the result.
 *
 * <p>The steps are those of DJL's {@code ImageClassificationTranslator}, so that a model that was
 * made for it gets the same values: bilinear, corners not aligned, no antialiasing, resized pixels
 * cut to whole numbers. Immutable and thread-safe.
 */
public final class Preprocessing implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Width of the result in pixels. */
  public final int width;

  /** Height of the result in pixels. */
  public final int height;

  private final ResizeRule resize;
  private final float[] factor = new float[3];
  private final float[] offset = new float[3];

  /**
   * Steps towards a result of this size.
   *
   * @param mean of red, green and blue in 0..1, or null for no normalisation
   * @param deviation likewise
   */
  public Preprocessing(
      int width,
      int height,
      ResizeRule resize,
      float @Nullable [] mean,
      float @Nullable [] deviation) {
    this.width = width;
    this.height = height;
    this.resize = resize;
    for (int c = 0; c < 3; c++) {
      float spread = deviation == null ? 1f : deviation[c];
      factor[c] = 1f / (255f * spread);
      offset[c] = mean == null ? 0f : -mean[c] / spread;
    }
  }

  /** Number of floats of a result: 3 x height x width. */
  public int length() {
    return 3 * height * width;
  }

  /** Short side below which thinning out an image would be seen: twice the resized one. */
  public int keptShortSide() {
    return 2 * resize.shortSide(Math.max(width, height));
  }

  /**
   * Writes channels x height x width floats.
   *
   * @param tensor at least {@link #length} long; filled from 0
   * @throws UnreadableImageException {@code image-too-narrow} if the resized image is smaller than
   *     the crop
   */
  public void write(RgbImage image, float[] tensor) throws UnreadableImageException {
    int[] resized = resize.apply(image.width, image.height);
    if (resized[0] < width || resized[1] < height) {
      throw new UnreadableImageException(
          "image-too-narrow",
          String.format(
              "%d x %d pixels become %d x %d, which holds no crop of %d x %d",
              image.width, image.height, resized[0], resized[1], width, height));
    }
    Axis across = new Axis(image.width, resized[0], width, image.stepX);
    Axis down = new Axis(image.height, resized[1], height, image.stepY);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < height; y++) {
        row(image, across, down, y, c, tensor);
      }
    }
  }

  private void row(RgbImage image, Axis across, Axis down, int y, int c, float[] tensor) {
    byte[] data = image.data;
    int base = image.origin + image.channel[c];
    int upper = base + down.near[y];
    int lower = base + down.far[y];
    float weightY = down.weight[y];
    int out = (c * height + y) * width;
    for (int x = 0; x < width; x++) {
      int near = across.near[x];
      int far = across.far[x];
      float weightX = across.weight[x];
      int upperLeft = data[upper + near] & 0xFF;
      int lowerLeft = data[lower + near] & 0xFF;
      float top = upperLeft + weightX * ((data[upper + far] & 0xFF) - upperLeft);
      float bottom = lowerLeft + weightX * ((data[lower + far] & 0xFF) - lowerLeft);
      int level = (int) (top + weightY * (bottom - top));
      tensor[out + x] = level * factor[c] + offset[c];
    }
  }

  @Override
  public String toString() {
    return String.format(
        "%s, centre %d x %d, factor %s, offset %s",
        resize, width, height, Arrays.toString(factor), Arrays.toString(offset));
  }

  /** For each pixel of the crop along one axis: its two sources and the weight of the second. */
  private static final class Axis {
    final int[] near;
    final int[] far;
    final float[] weight;

    Axis(int source, int resized, int cropped, int step) {
      near = new int[cropped];
      far = new int[cropped];
      weight = new float[cropped];
      float scale = (float) source / resized;
      int first = (resized - cropped) / 2;
      for (int i = 0; i < cropped; i++) {
        float at = Math.max(0f, (first + i + 0.5f) * scale - 0.5f);
        int low = Math.min((int) at, source - 1);
        near[i] = low * step;
        far[i] = Math.min(low + 1, source - 1) * step;
        weight[i] = at - low;
      }
    }
  }
}
