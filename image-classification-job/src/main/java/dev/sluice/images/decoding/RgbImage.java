package dev.sluice.images.decoding;

/**
 * Pixels of 8 bits a channel as a decoder left them, and how to walk them upright.
 *
 * <p>The byte of channel {@code c} (0 red, 1 green, 2 blue) of the upright pixel (x, y) is {@code
 * data[origin + x * stepX + y * stepY + channel[c]]}; so the eight EXIF orientations, greyscale and
 * the channel orders of ImageIO cost nothing and copy nothing.
 */
public final class RgbImage {
  /** Width in pixels, upright. */
  public final int width;

  /** Height in pixels, upright. */
  public final int height;

  final byte[] data;
  final int origin;
  final int stepX;
  final int stepY;
  final int[] channel;

  private RgbImage(int width, int height, byte[] data, int origin, int[] steps, int[] channel) {
    this.width = width;
    this.height = height;
    this.data = data;
    this.origin = origin;
    this.stepX = steps[0];
    this.stepY = steps[1];
    this.channel = channel;
  }

  /** Rows of pixels without gaps, {@code pixelStride} bytes each, red, green, blue at offsets. */
  static RgbImage of(byte[] data, int width, int height, int pixelStride, int... channel) {
    int[] steps = {pixelStride, width * pixelStride};
    return new RgbImage(width, height, data, 0, steps, channel);
  }

  /** The value of a channel (0 red, 1 green, 2 blue) of an upright pixel, 0 to 255. */
  public int get(int x, int y, int c) {
    return data[origin + x * stepX + y * stepY + channel[c]] & 0xFF;
  }

  /**
   * The image as its EXIF orientation means it.
   *
   * @param orientation 1 to 8 as in EXIF 2.3, tag 0x0112; anything else means 1
   */
  RgbImage oriented(int orientation) {
    int right = (width - 1) * stepX;
    int bottom = (height - 1) * stepY;
    switch (orientation) {
      case 2:
        return view(origin + right, -stepX, stepY);
      case 3:
        return view(origin + right + bottom, -stepX, -stepY);
      case 4:
        return view(origin + bottom, stepX, -stepY);
      case 5:
        return turned(origin, stepY, stepX);
      case 6:
        return turned(origin + bottom, -stepY, stepX);
      case 7:
        return turned(origin + right + bottom, -stepY, -stepX);
      case 8:
        return turned(origin + right, stepY, -stepX);
      default:
        return this;
    }
  }

  private RgbImage view(int from, int newStepX, int newStepY) {
    return new RgbImage(width, height, data, from, new int[] {newStepX, newStepY}, channel);
  }

  private RgbImage turned(int from, int newStepX, int newStepY) {
    return new RgbImage(
        /* width= */ height,
        /* height= */ width,
        data,
        from,
        new int[] {newStepX, newStepY},
        channel);
  }
}
