package dev.sluice.images.decoding;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The one tag of EXIF data that matters here, read without recursion: a file may nest thousands of
 * directories to overflow the stack of a reader that follows them. (EXIF 2.3, TIFF 6.0.)
 */
final class ExifOrientation {
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int UPRIGHT = 1;

  private ExifOrientation() {}

  /**
   * Orientation 1 to 8 in the first directory; 1 if there is none, or if the data is damaged, as in
   * every viewer.
   *
   * @param start of the TIFF header that follows {@code Exif\0\0}
   * @param end of the segment
   */
  static int read(byte[] jpeg, int start, int end) {
    if (start < 0 || start > Math.min(end, jpeg.length)) {
      return UPRIGHT;
    }
    ByteBuffer tiff = ByteBuffer.wrap(jpeg, start, Math.min(end, jpeg.length) - start).slice();
    try {
      return read(tiff);
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return UPRIGHT;
    }
  }

  private static int read(ByteBuffer tiff) {
    short order = tiff.getShort();
    if (order != 0x4949 && order != 0x4D4D) {
      return UPRIGHT;
    }
    tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    tiff.position(tiff.getInt(4));
    int entries = Short.toUnsignedInt(tiff.getShort());
    for (int i = 0; i < entries; i++) {
      int tag = Short.toUnsignedInt(tiff.getShort());
      int type = tiff.getShort();
      tiff.getInt(); // the number of values
      int value = tiff.getShort(tiff.position());
      tiff.getInt();
      if (tag == ORIENTATION && type == SHORT) {
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
