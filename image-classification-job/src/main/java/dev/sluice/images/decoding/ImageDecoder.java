package dev.sluice.images.decoding;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
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
    DamageListener damage = new DamageListener();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      reader.addIIOReadWarningListener(damage);
      RgbImage image = format == ImageFormat.JPEG ? jpeg(reader, bytes) : any(reader);
      damage.check();
      return image;
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

  private RgbImage any(ImageReader reader) throws IOException, UnreadableImageException {
    return RgbConversion.of(reader.read(0, parameters(reader)));
  }

  private RgbImage jpeg(ImageReader reader, byte[] bytes)
      throws IOException, UnreadableImageException {
    JpegMarkers markers = JpegMarkers.of(bytes);
    ImageReadParam parameters = parameters(reader);
    if (!markers.complete) {
      throw new UnreadableImageException(
          "image-truncated", "JPEG of " + bytes.length + " bytes without its end marker");
    }
    RgbImage image =
        markers.channels == 4
            ? RgbConversion.ofFourChannels(reader.readRaster(0, parameters), markers.adobeTransform)
            : RgbConversion.of(reader.read(0, parameters));
    return markers.exif ? image.oriented(orientation(bytes)) : image;
  }

  /** Checks the header's width and height, and thins out what is larger than needed. */
  private ImageReadParam parameters(ImageReader reader)
      throws IOException, UnreadableImageException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > limits.maxPixels) {
      throw new UnreadableImageException(
          "image-too-many-pixels",
          String.format("%d x %d pixels, above the limit of %d", width, height, limits.maxPixels));
    }
    ImageReadParam parameters = reader.getDefaultReadParam();
    int step = limits.subsampling(width, height);
    parameters.setSourceSubsampling(step, step, 0, 0);
    return parameters;
  }

  /** EXIF orientation; damaged EXIF data means none, as in every viewer. */
  private static int orientation(byte[] jpeg) {
    try {
      Metadata metadata =
          JpegMetadataReader.readMetadata(
              new ByteArrayInputStream(jpeg), Collections.singleton(new ExifReader()));
      ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
      return directory != null && directory.containsTag(ExifIFD0Directory.TAG_ORIENTATION)
          ? directory.getInt(ExifIFD0Directory.TAG_ORIENTATION)
          : 1;
    } catch (ImageProcessingException | MetadataException | IOException e) {
      return 1;
    }
  }

  @Override
  public void close() {
    readers.values().forEach(ImageReader::dispose);
    readers.clear();
  }
}
