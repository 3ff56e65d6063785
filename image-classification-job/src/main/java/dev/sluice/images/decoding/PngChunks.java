package dev.sluice.images.decoding;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file (ISO 15948): checks that all are there and undamaged, and leaves out
 * those that do not change a pixel. Readers inflate texts and colour profiles however large they
 * say they are, and nobody looks at them here.
 */
final class PngChunks {
  private static final int SIGNATURE = 8;

  /** Length, type and checksum. */
  private static final int FRAME = 12;

  private static final Set<String> ESSENTIAL = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

  private PngChunks() {}

  /**
   * The file with nothing but what the picture needs; the same array if that is all of it.
   *
   * @throws UnreadableImageException {@code image-truncated} without an end, {@code image-corrupt}
   *     if a checksum of an essential chunk is wrong
   */
  static byte[] essential(byte[] png) throws UnreadableImageException {
    ByteBuffer in = ByteBuffer.wrap(png);
    ByteArrayOutputStream out = null;
    int at = SIGNATURE;
    while (true) {
      int length = png.length - at < FRAME ? -1 : in.getInt(at);
      if (length < 0 || length > png.length - at - FRAME) {
        throw new UnreadableImageException(
            "image-truncated", "PNG of " + png.length + " bytes ends in a chunk at byte " + at);
      }
      String type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
      int size = FRAME + length;
      if (ESSENTIAL.contains(type)) {
        check(png, at, length, type);
        if (out != null) {
          out.write(png, at, size);
        }
      } else if (out == null) {
        out = new ByteArrayOutputStream(png.length);
        out.write(png, 0, at);
      }
      if (type.equals("IEND")) {
        return out == null ? png : out.toByteArray();
      }
      at += size;
    }
  }

  private static void check(byte[] png, int at, int length, String type)
      throws UnreadableImageException {
    CRC32 sum = new CRC32();
    sum.update(png, at + 4, length + 4);
    if ((int) sum.getValue() != ByteBuffer.wrap(png).getInt(at + 8 + length)) {
      throw new UnreadableImageException(
          "image-corrupt", "PNG chunk " + type + " at byte " + at + " has a wrong checksum");
    }
  }
}
