package dev.sluice.images.decoding;

import java.io.ByteArrayOutputStream;

/**
 * A GIF file reduced to its first frame. ImageIO copies all that it has read of a comment or of
 * application data again for each further piece of it, so that a megabyte of small pieces takes
 * minutes. (GIF89a specification.)
 */
final class GifBlocks {
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;
  private static final int IMAGE_DESCRIPTOR = 10;

  private final byte[] gif;
  private final ByteArrayOutputStream kept;

  private GifBlocks(byte[] gif) {
    this.gif = gif;
    this.kept = new ByteArrayOutputStream(gif.length);
  }

  /** Header, colour tables and first frame; a damaged file as far as it goes. */
  static byte[] essential(byte[] gif) {
    return new GifBlocks(gif).reduce();
  }

  private byte[] reduce() {
    int at = keep(0, HEADER + colourTable(10));
    while (at < gif.length && byteAt(at) == EXTENSION) {
      int end = endOfPieces(at + 2);
      if (byteAt(at + 1) == GRAPHIC_CONTROL) {
        keep(at, end);
      }
      at = end;
    }
    if (at < gif.length && byteAt(at) == IMAGE) {
      int codeSize = at + IMAGE_DESCRIPTOR + colourTable(at + 9);
      keep(at, endOfPieces(codeSize + 1));
      kept.write(TRAILER);
    } else {
      keep(at, gif.length); // no frame: let the decoder say so
    }
    return kept.toByteArray();
  }

  /** Bytes of the colour table that the flags at this place announce. */
  private int colourTable(int flags) {
    int value = byteAt(flags);
    return (value & 0x80) == 0 ? 0 : 3 << ((value & 7) + 1);
  }

  /** Behind a run of pieces, each with its length before it, up to the empty one. */
  private int endOfPieces(int from) {
    int at = from;
    while (at < gif.length && byteAt(at) != 0) {
      at += 1 + byteAt(at);
    }
    return Math.min(at + 1, gif.length);
  }

  private int keep(int from, int to) {
    int end = Math.min(to, gif.length);
    if (from < end) {
      kept.write(gif, from, end - from);
    }
    return end;
  }

  private int byteAt(int at) {
    return at < gif.length ? gif[at] & 0xFF : 0;
  }
}
