package dev.sluice.images.decoding;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a JPEG file's marker segments say that ImageIO does not: whether it is complete, how its
 * channels are coded, whether it has EXIF data. (ITU T.81, annex B; Adobe technical note 5116.)
 */
final class JpegMarkers {
  private static final int SOS = 0xDA;
  private static final int EOI = 0xD9;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final byte[] JFIF = {
    (byte) 0xFF, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0,
  };

  /** Channels of the frame: 1 grey, 3 colour, 4 CMYK or YCCK; 0 if there is no frame header. */
  int channels;

  /** Adobe's colour transform: 0 none, 1 YCbCr, 2 YCCK; -1 without an Adobe marker. */
  int adobeTransform = -1;

  /** Whether there is an EXIF segment. */
  boolean exif;

  /** Whether the end marker follows the picture's data. */
  boolean complete;

  private final byte[] jpeg;
  private final List<Integer> profiles = new ArrayList<>();
  private boolean jfif;
  private boolean namedRgb;

  private JpegMarkers(byte[] jpeg) {
    this.jpeg = jpeg;
  }

  /** Reads the segments up to the first scan; never fails, for the decoder says it better. */
  static JpegMarkers of(byte[] jpeg) {
    JpegMarkers markers = new JpegMarkers(jpeg);
    int at = 2;
    while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
      int marker = jpeg[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++; // a fill byte
        continue;
      }
      if (marker == SOS) {
        markers.complete = markers.hasEnd(at);
        break;
      }
      markers.segment(marker, at);
      at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
    }
    return markers;
  }

  private void segment(int marker, int at) {
    if (isFrame(marker) && at + 9 < jpeg.length) {
      channels = jpeg[at + 9] & 0xFF;
      namedRgb =
          at + 16 < jpeg.length
              && jpeg[at + 10] == 'R'
              && jpeg[at + 13] == 'G'
              && jpeg[at + 16] == 'B';
    } else if (marker == APP0 && startsWith(at + 4, "JFIF\0")) {
      jfif = true;
    } else if (marker == APP1 && startsWith(at + 4, "Exif\0")) {
      exif = true;
    } else if (marker == APP2 && startsWith(at + 4, "ICC_PROFILE\0")) {
      profiles.add(at + 1);
    } else if (marker == APP14 && startsWith(at + 4, "Adobe") && at + 15 < jpeg.length) {
      adobeTransform = jpeg[at + 15] & 0xFF;
    }
  }

  /**
   * Whether the file is long enough for a picture of this size. Each block of 8 x 8 pixels takes a
   * bit at least, in any Huffman coding; so a short file with a large header is found out before
   * the decoder makes room for the whole picture.
   */
  boolean canHold(int width, int height) {
    long blocks = (width + 7L) / 8 * ((height + 7L) / 8);
    return jpeg.length * 8L >= blocks;
  }

  /**
   * The file as ImageIO must see it to find the colours that everybody else (libjpeg, Pillow)
   * finds: without colour profiles, by which it would convert, and with a JFIF marker where
   * otherwise it would guess that three channels in full size are RGB.
   */
  byte[] forImageIo() {
    boolean guessed = channels == 3 && !jfif && !exif && adobeTransform < 0 && !namedRgb;
    if (profiles.isEmpty() && !guessed) {
      return jpeg;
    }
    int shift = guessed ? JFIF.length : 0;
    byte[] changed = new byte[jpeg.length + shift];
    System.arraycopy(jpeg, 0, changed, 0, 2);
    System.arraycopy(JFIF, 0, changed, 2, shift);
    System.arraycopy(jpeg, 2, changed, 2 + shift, jpeg.length - 2);
    for (int profile : profiles) {
      changed[profile + shift] = (byte) APP15; // nobody reads it
    }
    return changed;
  }

  /** Inside a scan each FF is followed by 00 or a restart marker, so this finds no false end. */
  private boolean hasEnd(int scan) {
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

  private boolean startsWith(int at, String text) {
    byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
    if (at + expected.length > jpeg.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (jpeg[at + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
