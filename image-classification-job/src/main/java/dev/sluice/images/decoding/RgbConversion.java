package dev.sluice.images.decoding;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * From what ImageIO decodes to 8-bit RGB, as PyTorch's and Pillow's users know it.
 *
 * <p>Grey stays what it is (ImageIO's own colour conversion would brighten it), 16 bits lose their
 * lower 8, alpha is dropped and not blended, palettes are looked up.
 */
final class RgbConversion {
  private RgbConversion() {}

  static RgbImage of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    switch (image.getType()) {
      case BufferedImage.TYPE_3BYTE_BGR:
        return RgbImage.of(bytes(image), width, height, 3, 2, 1, 0);
      case BufferedImage.TYPE_4BYTE_ABGR:
        return RgbImage.of(bytes(image), width, height, 4, 3, 2, 1);
      case BufferedImage.TYPE_BYTE_GRAY:
        return RgbImage.of(bytes(image), width, height, 1, 0, 0, 0);
      default:
        return isDeepOrGrey(image) ? fromRaster(image.getRaster()) : drawn(image);
    }
  }

  private static byte[] bytes(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  private static boolean isDeepOrGrey(BufferedImage image) {
    int type = image.getRaster().getDataBuffer().getDataType();
    boolean direct = image.getColorModel().getNumComponents() == image.getRaster().getNumBands();
    boolean palette = image.getColorModel() instanceof IndexColorModel;
    return direct
        && !palette
        && (type == DataBuffer.TYPE_USHORT || image.getRaster().getNumBands() <= 2)
        && type <= DataBuffer.TYPE_USHORT;
  }

  /** Channels of up to 16 bits: grey, grey with alpha, RGB (also 5-6-5), RGB with alpha. */
  private static RgbImage fromRaster(Raster raster) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int bands = raster.getNumBands();
    int[] bits = raster.getSampleModel().getSampleSize();
    int[] row = new int[width * bands];
    byte[] rgb = new byte[width * height * 3];
    int out = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          int band = bands < 3 ? 0 : c;
          rgb[out++] = (byte) eightBits(row[x * bands + band], bits[band] - 8);
        }
      }
    }
    return RgbImage.of(rgb, width, height, 3, 0, 1, 2);
  }

  private static int eightBits(int sample, int shift) {
    return shift >= 0 ? sample >> shift : sample * 255 / ((1 << (8 + shift)) - 1);
  }

  /** Palettes and packed pixels, by way of Java 2D. */
  private static RgbImage drawn(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[width * height * 3];
    int[] row = new int[width];
    int out = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int pixel : row) {
        rgb[out++] = (byte) (pixel >> 16);
        rgb[out++] = (byte) (pixel >> 8);
        rgb[out++] = (byte) pixel;
      }
    }
    return RgbImage.of(rgb, width, height, 3, 0, 1, 2);
  }

  /**
   * Four channels of a JPEG file as the decoder leaves them, without a colour profile: what Adobe
   * programs write is inverted, so that ink 255 is no ink; with transform 2 the first three are the
   * YCbCr of the complement of the inks that would stand there without it.
   */
  static RgbImage ofFourChannels(Raster raster, int adobeTransform) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    boolean inverted = adobeTransform >= 0;
    int[] row = new int[width * 4];
    int[] light = new int[3];
    byte[] rgb = new byte[width * height * 3];
    int out = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        light[0] = row[x * 4];
        light[1] = row[x * 4 + 1];
        light[2] = row[x * 4 + 2];
        if (adobeTransform == 2) {
          toInk(light);
        }
        int key = inverted ? row[x * 4 + 3] : 255 - row[x * 4 + 3];
        for (int c = 0; c < 3; c++) {
          int ink = inverted ? light[c] : 255 - light[c];
          rgb[out++] = (byte) ((ink * key + 127) / 255);
        }
      }
    }
    return RgbImage.of(rgb, width, height, 3, 0, 1, 2);
  }

  /** YCbCr to RGB by JFIF's equations, and that to its complement, in place. */
  private static void toInk(int[] pixel) {
    double luma = pixel[0];
    double blue = pixel[1] - 128.0;
    double red = pixel[2] - 128.0;
    pixel[0] = 255 - clamp(luma + 1.402 * red);
    pixel[1] = 255 - clamp(luma - 0.344136 * blue - 0.714136 * red);
    pixel[2] = 255 - clamp(luma + 1.772 * blue);
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
