package dev.sluice.images.decoding;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Puts segments into JPEG files and takes them out. (ITU T.81, annex B.) */
public final class JpegBytes {
  static final int APP0 = 0xE0;
  static final int APP1 = 0xE1;
  static final int APP2 = 0xE2;
  static final int APP14 = 0xEE;
  static final int COM = 0xFE;

  private JpegBytes() {}

  /** Behind the start of the file. */
  static byte[] with(byte[] jpeg, int marker, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(0xFF);
    out.write(marker);
    out.write((body.length + 2) >> 8);
    out.write(body.length + 2);
    out.writeBytes(body);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /** Without any APP0 segment, thus without JFIF. */
  static byte[] withoutJfif(byte[] jpeg) {
    if ((jpeg[3] & 0xFF) != APP0) {
      return jpeg;
    }
    int length = (jpeg[4] & 0xFF) << 8 | (jpeg[5] & 0xFF);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(jpeg, 4 + length, jpeg.length - 4 - length);
    return out.toByteArray();
  }

  /** EXIF data with an orientation, in either byte order. */
  public static byte[] oriented(byte[] jpeg, int orientation, boolean bigEndian) {
    return with(jpeg, APP1, exif(orientation, bigEndian));
  }

  static byte[] exif(int orientation, boolean bigEndian) {
    int[] tiff =
        bigEndian
            ? new int[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1}
            : new int[] {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0};
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1));
    for (int value : tiff) {
      out.write(value);
    }
    out.write(bigEndian ? orientation >> 8 : orientation);
    out.write(bigEndian ? orientation : orientation >> 8);
    out.writeBytes(new byte[6]); // the rest of the value, no further directory
    return out.toByteArray();
  }

  /** Adobe's marker with a colour transform: 0 none, 1 YCbCr, 2 YCCK. */
  static byte[] adobe(byte[] jpeg, int transform) {
    byte[] body = "Adobe\0\144\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    body[11] = (byte) transform;
    return with(jpeg, APP14, body);
  }

  /** Channels without any marker of what they mean, every pixel the same. */
  static byte[] channels(int width, int height, int... values) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, width, height, values.length, null);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.setPixel(x, y, values);
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(new IIOImage(raster, null, null));
    } finally {
      writer.dispose();
    }
    return withoutJfif(out.toByteArray());
  }

  /** The file with another size in its frame header. */
  static byte[] declaring(byte[] jpeg, int width, int height) {
    byte[] changed = jpeg.clone();
    int at = 2;
    while ((changed[at + 1] & 0xFF) < 0xC0 || (changed[at + 1] & 0xFF) > 0xC2) {
      at += 2 + ((changed[at + 2] & 0xFF) << 8 | (changed[at + 3] & 0xFF));
    }
    changed[at + 5] = (byte) (height >> 8);
    changed[at + 6] = (byte) height;
    changed[at + 7] = (byte) (width >> 8);
    changed[at + 8] = (byte) width;
    return changed;
  }

  static byte[] ofGrey(int level) throws IOException {
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        grey.getRaster().setSample(x, y, 0, level);
      }
    }
    return Pictures.jpeg(grey, 1.0, false);
  }
}
