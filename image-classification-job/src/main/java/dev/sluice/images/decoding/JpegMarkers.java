package dev.sluice.images.decoding;

import java.nio.charset.StandardCharsets;

/**
 * What a JPEG file's marker segments say that ImageIO does not: whether it is complete, how its
 * channels are coded, whether it has EXIF data. (ITU T.81, annex B; Adobe technical note 5116.)
 */
final class JpegMarkers {
  private static final int SOS = 0xDA;
  private static final int EOI = 0xD9;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;

  /** Channels of the frame: 1 grey, 3 colour, 4 CMYK or YCCK; 0 if there is no frame header. */
  final int channels;

  /** Adobe's colour transform: 0 none, 1 YCbCr, 2 YCCK; -1 without an Adobe marker. */
  final int adobeTransform;

  /** Whether there is an EXIF segment. */
  final boolean exif;

  /** Whether the end marker follows the picture's data. */
  final boolean complete;

  private JpegMarkers(int channels, int adobeTransform, boolean exif, boolean complete) {
    this.channels = channels;
    this.adobeTransform = adobeTransform;
    this.exif = exif;
    this.complete = complete;
  }

  /** Reads the segments up to the first scan; never fails, for the decoder says it better. */
  static JpegMarkers of(byte[] jpeg) {
    int channels = 0;
    int adobe = -1;
    boolean exif = false;
    int at = 2;
    while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
      int marker = jpeg[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++; // a fill byte
        continue;
      }
      if (marker == SOS) {
        return new JpegMarkers(channels, adobe, exif, hasEnd(jpeg, at));
      }
      int length = (jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF);
      int end = at + 2 + length;
      if (isFrame(marker) && at + 9 < jpeg.length) {
        channels = jpeg[at + 9] & 0xFF;
      } else if (marker == APP14 && startsWith(jpeg, at + 4, "Adobe") && at + 15 < jpeg.length) {
        adobe = jpeg[at + 15] & 0xFF;
      } else if (marker == APP1 && startsWith(jpeg, at + 4, "Exif\0")) {
        exif = true;
      }
      at = end;
    }
    return new JpegMarkers(channels, adobe, exif, false);
  }

  /** Inside a scan each FF is followed by 00 or a restart marker, so this finds no false end. */
  private static boolean hasEnd(byte[] jpeg, int scan) {
    for (int i = scan; i + 1 < jpeg.length; i++) {
      if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == EOI) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static boolean startsWith(byte[] bytes, int at, String text) {
    byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
    if (at + expected.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (bytes[at + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
