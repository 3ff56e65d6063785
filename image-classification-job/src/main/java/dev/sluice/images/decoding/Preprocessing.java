package dev.sluice.images.decoding;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Resize, centre crop, scale to 0..1 and normalise, in one pass over the pixels.
 *
 * <p>The steps are those of DJL's {@code ImageClassificationTranslator}, so that a model that was
 * made for it gets the same values: bilinear with antialiasing (as PyTorch's {@code interpolate},
 * torchvision and Pillow do it), corners not aligned, resized pixels cut to whole numbers. That cut
 * makes a level of the last bit of a sum, so the arithmetic is PyTorch's to the bit: floats, fused
 * multiply-add, across before down. Immutable and thread-safe.
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
    Axis across = new Axis(image.width, resized[0], width);
    Axis down = new Axis(image.height, resized[1], height);
    Arrays.fill(tensor, 0, length(), 0f);
    resize(image, across, down, tensor);
    for (int c = 0; c < 3; c++) {
      for (int i = c * height * width; i < (c + 1) * height * width; i++) {
        int level = (int) tensor[i];
        tensor[i] = level * factor[c] + offset[c];
      }
    }
  }

  /**
   * Each row of the image is resized once, and added to the rows of the result that it is part of.
   */
  private void resize(RgbImage image, Axis across, Axis down, float[] tensor) {
    float[][] rows = new float[3][width];
    int first = 0;
    for (int y = down.start[0]; y < down.end(height - 1); y++) {
      across.resize(image, y, rows);
      while (down.end(first) <= y) {
        first++;
      }
      for (int out = first; out < height && down.start[out] <= y; out++) {
        float weight = down.weight[out][y - down.start[out]];
        for (int c = 0; c < 3; c++) {
          add(rows[c], weight, tensor, (c * height + out) * width);
        }
      }
    }
  }

  private static void add(float[] row, float weight, float[] tensor, int at) {
    for (int x = 0; x < row.length; x++) {
      tensor[at + x] = Math.fma(weight, row[x], tensor[at + x]);
    }
  }

  @Override
  public String toString() {
    return String.format(
        "%s, centre %d x %d, factor %s, offset %s",
        resize, width, height, Arrays.toString(factor), Arrays.toString(offset));
  }

  /**
   * For each pixel of the crop along one axis: its first source and the weights of that and of
   * those behind it. A triangle as wide as two pixels of the source or of the result, whichever are
   * larger; cut off at the edges; its weights sum up to 1.
   */
  private static final class Axis {
    final int[] start;
    final float[][] weight;

    Axis(int source, int resized, int cropped) {
      start = new int[cropped];
      weight = new float[cropped][];
      float scale = (float) source / resized;
      float support = Math.max(1f, scale);
      int skipped = (resized - cropped) / 2;
      for (int i = 0; i < cropped; i++) {
        float centre = (float) (scale * (skipped + i + 0.5));
        start[i] = Math.max(0, (int) (centre - support + 0.5));
        int end = Math.min(source, (int) (centre + support + 0.5));
        weight[i] = weights(start[i], end, centre, (float) (1.0 / support));
      }
    }

    private static float[] weights(int start, int end, float centre, float narrowing) {
      float[] weights = new float[end - start];
      float sum = 0;
      for (int i = 0; i < weights.length; i++) {
        float distance = (float) ((start + i - centre + 0.5) * narrowing);
        weights[i] = Math.max(0f, 1f - Math.abs(distance));
        sum += weights[i];
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= sum;
      }
      return weights;
    }

    int end(int i) {
      return start[i] + weight[i].length;
    }

    void resize(RgbImage image, int y, float[][] rows) {
      byte[] data = image.data;
      int base = image.origin + y * image.stepY;
      int red = image.channel[0];
      int green = image.channel[1];
      int blue = image.channel[2];
      for (int x = 0; x < start.length; x++) {
        int at = base + start[x] * image.stepX;
        float r = 0;
        float g = 0;
        float b = 0;
        for (float each : weight[x]) {
          r = Math.fma(each, data[at + red] & 0xFF, r);
          g = Math.fma(each, data[at + green] & 0xFF, g);
          b = Math.fma(each, data[at + blue] & 0xFF, b);
          at += image.stepX;
        }
        rows[0][x] = r;
        rows[1][x] = g;
        rows[2][x] = b;
      }
    }
  }
}
