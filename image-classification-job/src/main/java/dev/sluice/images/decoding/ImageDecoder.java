package dev.sluice.images.decoding;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEG, PNG, GIF (first frame) and BMP files to upright 8-bit RGB.
 *
 * <p>Before a pixel is decoded: the first bytes must be those of a known format, the width and
 * height in the header within {@link ImageLimits}, and a JPEG file must have its end marker. Large
 * images are thinned out on the way. Colours: {@link RgbConversion}.
 *
 * <p>What cannot be decoded is an {@link UnreadableImageException}, whatever the bytes; only an
 * {@link Error} passes. Readers are kept and used again, so an instance serves one thread.
 */
public final class ImageDecoder implements AutoCloseable {
  static {
    // Otherwise ImageIO writes each image to a temporary file first.
    ImageIO.setUseCache(false);
  }

  /** JPEG and GIF can declare no more; PNG and BMP could make a row of a gigabyte. */
  private static final int MAX_SIDE = 65_535;

  private static final int BMP_COMPRESSION = 30;
  private static final int BMP_OF_JPEG = 4;
  private static final int BMP_OF_PNG = 5;

  /** Progressive encoders write about ten. */
  private static final int MAX_SCANS = 100;

  /** Outside of the heap, where Flink does not see it: 42 megapixels of 4:2:0. */
  private static final long MAX_COEFFICIENT_BYTES = 128L << 20;

  private final ImageLimits limits;
  private final Map<ImageFormat, ImageReader> readers = new EnumMap<>(ImageFormat.class);

  /** A decoder within these limits. */
  public ImageDecoder(ImageLimits limits) {
    this.limits = limits;
  }

  /**
   * Decodes a file.
   *
   * @param bytes all of it
   * @throws UnreadableImageException with a stable code: {@code image-empty}, {@code
   *     image-format-unknown}, {@code image-too-many-pixels}, {@code image-truncated}, {@code
   *     image-corrupt}
   */
  public RgbImage decode(byte[] bytes) throws UnreadableImageException {
    ImageFormat format = ImageFormat.of(bytes);
    ImageReader reader = readers.computeIfAbsent(format, ImageDecoder::readerOf);
    try {
      switch (format) {
        case JPEG:
          return jpeg(reader, bytes);
        case GIF:
          return any(reader, GifBlocks.essential(bytes));
        case PNG:
          return any(reader, PngChunks.essential(bytes));
        case BMP:
          checkBmp(bytes);
          return any(reader, bytes);
        default:
          return any(reader, bytes);
      }
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers answer garbage with any unchecked exception.
      throw new UnreadableImageException("image-corrupt", format + ": " + e.getMessage(), e);
    } finally {
      reader.reset();
    }
  }

  private static ImageReader readerOf(ImageFormat format) {
    return ImageIO.getImageReadersByFormatName(format.imageIoName()).next();
  }

  private RgbImage any(ImageReader reader, byte[] bytes)
      throws IOException, UnreadableImageException {
    try (MemoryCacheImageInputStream in = input(bytes)) {
      reader.setInput(in, true, true);
      return RgbConversion.of(reader.read(0, parameters(reader)));
    }
  }

  private RgbImage jpeg(ImageReader reader, byte[] bytes)
      throws IOException, UnreadableImageException {
    JpegMarkers markers = JpegMarkers.of(bytes);
    DamageListener damage = new DamageListener();
    RgbImage image;
    try (MemoryCacheImageInputStream in = input(markers.forImageIo())) {
      reader.setInput(in, true, true);
      reader.addIIOReadWarningListener(damage);
      ImageReadParam parameters = parameters(reader);
      if (!markers.complete || !markers.canHold(reader.getWidth(0), reader.getHeight(0))) {
        throw new UnreadableImageException(
            "image-truncated",
            String.format(
                "JPEG of %d bytes for %d x %d pixels %s its end marker",
                bytes.length,
                reader.getWidth(0),
                reader.getHeight(0),
                markers.complete ? "with" : "without"));
      }
      checkScans(markers, reader.getWidth(0), reader.getHeight(0));
      image =
          markers.channels == 4
              ? RgbConversion.ofFourChannels(
                  reader.readRaster(0, parameters), markers.adobeTransform)
              : RgbConversion.of(reader.read(0, parameters));
    }
    damage.check();
    return image.oriented(markers.orientation());
  }

  /** What costs time and native memory without showing in the number of pixels. */
  private static void checkScans(JpegMarkers markers, int width, int height)
      throws UnreadableImageException {
    if (markers.scans > MAX_SCANS) {
      throw new UnreadableImageException(
          "image-corrupt", String.format("JPEG of %d scans", markers.scans));
    }
    long bytes = markers.coefficientBytes(width, height);
    if (bytes > MAX_COEFFICIENT_BYTES) {
      throw new UnreadableImageException(
          "image-too-many-pixels",
          String.format(
              "progressive JPEG of %d x %d pixels takes %d bytes to decode, above the limit of %d",
              width, height, bytes, MAX_COEFFICIENT_BYTES));
    }
  }

  private static MemoryCacheImageInputStream input(byte[] bytes) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
  }

  /** A BMP file may wrap a JPEG or PNG file, whose size no limit would see. */
  private static void checkBmp(byte[] bmp) throws UnreadableImageException {
    boolean wraps =
        bmp.length > BMP_COMPRESSION
            && (bmp[BMP_COMPRESSION] == BMP_OF_JPEG || bmp[BMP_COMPRESSION] == BMP_OF_PNG);
    if (wraps) {
      throw new UnreadableImageException("image-format-unknown", "BMP with another format inside");
    }
  }

  /** Checks the header's width and height, and thins out what is larger than needed. */
  private ImageReadParam parameters(ImageReader reader)
      throws IOException, UnreadableImageException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if (width < 1 || height < 1) {
      throw new UnreadableImageException(
          "image-corrupt", String.format("%d x %d pixels", width, height));
    }
    if ((long) width * height > limits.maxPixels || Math.max(width, height) > MAX_SIDE) {
      throw new UnreadableImageException(
          "image-too-many-pixels",
          String.format(
              "%d x %d pixels, above the limit of %d or of %d on one side",
              width, height, limits.maxPixels, MAX_SIDE));
    }
    ImageReadParam parameters = reader.getDefaultReadParam();
    int step = limits.subsampling(width, height);
    parameters.setSourceSubsampling(step, step, 0, 0);
    return parameters;
  }

  @Override
  public void close() {
    readers.values().forEach(ImageReader::dispose);
    readers.clear();
  }
}
