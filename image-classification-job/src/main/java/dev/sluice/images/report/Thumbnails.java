package dev.sluice.images.report;

import dev.sluice.images.decoding.ImageDecoder;
import dev.sluice.images.decoding.ImageLimits;
import dev.sluice.images.decoding.RgbImage;
import dev.sluice.images.decoding.UnreadableImageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small JPEGs of images that are read again, through the job's own decoder: upright and in the
 * colours that the model saw.
 *
 * <p>An image that is gone, changed or too large has no thumbnail. After {@value #PATIENCE} failed
 * reads in a row none is read any more, since each may have cost the file system's own retries. For
 * one thread.
 */
final class Thumbnails implements AutoCloseable {
  static final int HEIGHT = 128;

  private static final Logger LOG = LoggerFactory.getLogger(Thumbnails.class);
  private static final int MAX_WIDTH = 192;
  private static final float QUALITY = 0.8f;
  private static final long MAX_BYTES = 64L << 20;
  private static final long MAX_PIXELS = 100_000_000L;
  private static final int PATIENCE = 3;

  private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(MAX_PIXELS, 2 * HEIGHT));
  private final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
  private int failuresInARow;

  /** The thumbnail as a {@code data:} URI, or empty if the image can no longer be shown. */
  Optional<String> of(SampledImage image) {
    if (failuresInARow >= PATIENCE) {
      return Optional.empty();
    }
    try {
      Optional<byte[]> bytes = read(image);
      failuresInARow = 0;
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      byte[] jpeg = jpeg(small(decoder.decode(bytes.get())));
      return Optional.of("data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg));
    } catch (FileNotFoundException | UnreadableImageException e) {
      LOG.debug("No thumbnail of '{}'", image.path, e);
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      // The second: a path that is no URI, or of a file system that is not here.
      failuresInARow++;
      LOG.warn("No thumbnail of '{}': {}", image.path, e.toString());
      return Optional.empty();
    }
  }

  /** Empty unless the object is still the one that was classified. */
  private static Optional<byte[]> read(SampledImage image) throws IOException {
    Path path = path(image.path);
    FileSystem files = path.getFileSystem();
    FileStatus status = files.getFileStatus(path);
    // Listings and single answers of a file system may differ in the fraction of the second.
    boolean same =
        status.getLen() == image.size
            && Math.abs(status.getModificationTime() - image.modificationTime) < 1_000;
    if (!same || image.size > MAX_BYTES) {
      return Optional.empty();
    }
    byte[] bytes = new byte[(int) image.size];
    try (FSDataInputStream in = files.open(path)) {
      int read = in.readNBytes(bytes, 0, bytes.length);
      return read == bytes.length ? Optional.of(bytes) : Optional.empty();
    }
  }

  /** Flink's paths from strings take a backslash for a slash; those from URIs do not. */
  private static Path path(String text) {
    int colon = text.indexOf(':');
    int slash = text.indexOf('/');
    if (text.indexOf('\\') < 0 || colon < 0 || slash < colon) {
      return new Path(text);
    }
    String rest = text.substring(colon + 1);
    int end = rest.startsWith("//") ? rest.indexOf('/', 2) : 0;
    String authority = end > 2 ? rest.substring(2, end) : null;
    try {
      return new Path(
          new URI(
              text.substring(0, colon), authority, rest.substring(Math.max(0, end)), null, null));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Path '" + text + "' cannot be written as a URI", e);
    }
  }

  /** The mean of the block of pixels that each pixel stands for; never enlarged. */
  private static BufferedImage small(RgbImage image) {
    double shrink =
        Math.max(1, Math.max(image.height / (double) HEIGHT, image.width / (double) MAX_WIDTH));
    int width = Math.max(1, (int) Math.round(image.width / shrink));
    int height = Math.max(1, (int) Math.round(image.height / shrink));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      int top = (int) ((long) y * image.height / height);
      int bottom = Math.max(top + 1, (int) ((y + 1L) * image.height / height));
      for (int x = 0; x < width; x++) {
        int left = (int) ((long) x * image.width / width);
        int right = Math.max(left + 1, (int) ((x + 1L) * image.width / width));
        small.setRGB(x, y, mean(image, left, top, right, bottom));
      }
    }
    return small;
  }

  private static int mean(RgbImage image, int left, int top, int right, int bottom) {
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        red += image.get(x, y, 0);
        green += image.get(x, y, 1);
        blue += image.get(x, y, 2);
      }
    }
    long pixels = (long) (right - left) * (bottom - top);
    return (int) (red / pixels) << 16 | (int) (green / pixels) << 8 | (int) (blue / pixels);
  }

  private byte[] jpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8_192);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.setOutput(null);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    writer.dispose();
    decoder.close();
  }
}
