package dev.sluice.images.decoding;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Draws pictures, and writes them as files. */
public final class Pictures {
  private Pictures() {}

  /** Colours that change smoothly, so that JPEG keeps them closely, and differ in every corner. */
  public static BufferedImage smooth(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = 40 + 180 * x / width;
        int green = 40 + 180 * y / height;
        int blue = 200 - 90 * x / width - 90 * y / height;
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  /** Every pixel another colour. */
  public static BufferedImage noise(int width, int height, int type, long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }

  /** In one of the formats that need no choice: png, gif, bmp, jpg. */
  public static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IOException("No writer for " + format);
    }
    return out.toByteArray();
  }

  public static byte[] jpeg(BufferedImage image, double quality, boolean progressive)
      throws IOException {
    return write(image, "jpg", null, quality, progressive);
  }

  /** A BMP file that is packed by the named method: BI_RLE8, BI_PNG. */
  static byte[] bmp(BufferedImage image, String packing) throws IOException {
    return write(image, "bmp", packing, 1, false);
  }

  static byte[] interlacedPng(BufferedImage image) throws IOException {
    return write(image, "png", null, 1, true);
  }

  private static byte[] write(
      BufferedImage image, String format, String packing, double quality, boolean progressive)
      throws IOException {
    ImageWriter writer =
        ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(image), format).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (format.equals("jpg") || packing != null) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        if (packing != null) {
          parameters.setCompressionType(packing);
        } else {
          parameters.setCompressionQuality((float) quality);
        }
      }
      if (progressive) {
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** A file of the repository's sample data. */
  public static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(sampleData().resolve("images").resolve(name));
  }

  /** Found by walking up from the working folder. */
  public static Path sampleData() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("sample-data").resolve("README.md"))) {
        return folder.resolve("sample-data");
      }
    }
    throw new IllegalStateException("No sample-data above the working folder");
  }

  /** Decodes with limits that change nothing. */
  public static RgbImage decode(byte[] bytes) throws UnreadableImageException {
    try (ImageDecoder decoder = new ImageDecoder(new ImageLimits(1L << 40, 1 << 20))) {
      return decoder.decode(bytes);
    }
  }

  /** All values, row by row, red, green, blue; the same for equal images, however they are held. */
  public static int[] pixels(RgbImage image) {
    int[] pixels = new int[image.width * image.height * 3];
    int out = 0;
    for (int y = 0; y < image.height; y++) {
      for (int x = 0; x < image.width; x++) {
        for (int c = 0; c < 3; c++) {
          pixels[out++] = image.get(x, y, c);
        }
      }
    }
    return pixels;
  }

  /** As {@link #pixels(RgbImage)}, by way of Java 2D. */
  public static int[] pixels(BufferedImage image) {
    int[] pixels = new int[image.getWidth() * image.getHeight() * 3];
    int out = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        pixels[out++] = rgb >> 16 & 0xFF;
        pixels[out++] = rgb >> 8 & 0xFF;
        pixels[out++] = rgb & 0xFF;
      }
    }
    return pixels;
  }

  /** The image's pixels as Java 2D holds them, for readers other than ours. */
  public static BufferedImage drawn(RgbImage image) {
    BufferedImage drawn =
        new BufferedImage(image.width, image.height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < image.height; y++) {
      for (int x = 0; x < image.width; x++) {
        drawn.setRGB(x, y, image.get(x, y, 0) << 16 | image.get(x, y, 1) << 8 | image.get(x, y, 2));
      }
    }
    return drawn;
  }
}
