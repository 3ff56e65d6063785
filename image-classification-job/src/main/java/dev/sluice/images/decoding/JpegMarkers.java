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

  /** Scans of the picture: 1 unless it is progressive or its channels come one by one. */
  int scans;

  /** Whether the end marker follows the picture's data. */
  boolean complete;

  private final byte[] jpeg;
  private final List<Integer> profiles = new ArrayList<>();
  private int exif = -1;
  private boolean progressive;
  private double samplesPerPixel;
  private boolean jfif;
  private boolean namedRgb;

  private JpegMarkers(byte[] jpeg) {
    this.jpeg = jpeg;
  }

  /** Reads the segments up to the first scan; never fails, for the decoder says it better. */
  static JpegMarkers of(byte[] jpeg) {
    JpegMarkers markers = new JpegMarkers(jpeg);
    int at = 2;
    while (at + 4 <= jpeg.length) {
      int marker = jpeg[at + 1] & 0xFF;
      if ((jpeg[at] & 0xFF) != 0xFF || marker == 0xFF) {
        at++; // a fill byte, or one too many, which libjpeg skips as well
        continue;
      }
      if (marker == SOS) {
        markers.scan(at);
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
      progressive = (marker & 3) == 2;
      samplesPerPixel = samplesPerPixel(at + 10);
      namedRgb =
          at + 16 < jpeg.length
              && jpeg[at + 10] == 'R'
              && jpeg[at + 13] == 'G'
              && jpeg[at + 16] == 'B';
    } else if (marker == APP0 && startsWith(at + 4, "JFIF\0")) {
      jfif = true;
    } else if (marker == APP1 && startsWith(at + 4, "Exif\0")) {
      exif = at;
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
    boolean guessed = channels == 3 && !jfif && exif < 0 && adobeTransform < 0 && !namedRgb;
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

  /** Inside a scan each FF is followed by 00 or a restart marker, so this finds no false one. */
  private void scan(int first) {
    for (int i = first; i + 1 < jpeg.length && !complete; i++) {
      if ((jpeg[i] & 0xFF) == 0xFF) {
        int marker = jpeg[i + 1] & 0xFF;
        scans += marker == SOS ? 1 : 0;
        complete = marker == EOI;
      }
    }
  }

  /** Channels may be stored in a lower resolution than the first. */
  private double samplesPerPixel(int components) {
    int sum = 0;
    int widest = 1;
    int tallest = 1;
    for (int i = 0; i < channels && components + 3 * i + 1 < jpeg.length; i++) {
      int factors = jpeg[components + 3 * i + 1] & 0xFF;
      sum += (factors >> 4) * (factors & 15);
      widest = Math.max(widest, factors >> 4);
      tallest = Math.max(tallest, factors & 15);
    }
    return (double) sum / (widest * tallest);
  }

  /**
   * Bytes that libjpeg takes outside of the heap to gather the scans of a picture of this size; 0
   * if it needs one scan only.
   */
  long coefficientBytes(int width, int height) {
    boolean gathers = progressive || scans > 1;
    return gathers ? (long) (2.0 * width * height * samplesPerPixel) : 0;
  }

  /** Orientation 1 to 8 as the EXIF data says, 1 without any. */
  int orientation() {
    if (exif < 0) {
      return 1;
    }
    int length = ((jpeg[exif + 2] & 0xFF) << 8) | (jpeg[exif + 3] & 0xFF);
    return ExifOrientation.read(jpeg, exif + 10, exif + 2 + length);
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
