package dev.sluice.images.decoding;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds PNG files chunk by chunk, also such as no writer makes. (ISO 15948.) */
final class PngBytes {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  private static final byte[] MAGIC = {
    (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n',
  };

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PngBytes(int width, int height, int bits, int colourType) {
    out.writeBytes(MAGIC);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(width).putInt(height).put((byte) bits).put((byte) colourType);
    chunk("IHDR", header.array());
  }

  PngBytes chunk(String type, byte[] body) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(body);
    declaring(body.length, type, body);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    return this;
  }

  /** A chunk that says another length than it has, without a checksum. */
  PngBytes declaring(int length, String type, byte[] body) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    out.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(body);
    return this;
  }

  /** Rows of raw samples, each with its filter byte (0: none) in front, compressed. */
  PngBytes data(int... filteredRows) {
    byte[] raw = new byte[filteredRows.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) filteredRows[i];
    }
    return chunk("IDAT", deflated(raw));
  }

  byte[] end() {
    return chunk("IEND", new byte[0]).bytes();
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  static byte[] deflated(byte[] raw) {
    Deflater deflater = new Deflater(9);
    deflater.setInput(raw);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return packed.toByteArray();
  }
}
