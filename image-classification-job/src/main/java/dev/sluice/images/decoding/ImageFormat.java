package dev.sluice.images.decoding;

import java.util.Locale;

/** The formats that are decoded: an allow-list, told by the first bytes and never by the name. */
enum ImageFormat {
  JPEG(0xFF, 0xD8, 0xFF),
  PNG(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'),
  GIF('G', 'I', 'F', '8'),
  BMP('B', 'M');

  @SuppressWarnings("ImmutableEnumChecker") // never written to
  private final int[] magic;

  ImageFormat(int... magic) {
    this.magic = magic;
  }

  /** Name under which ImageIO knows the format. */
  String imageIoName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ImageFormat of(byte[] bytes) throws UnreadableImageException {
    if (bytes.length == 0) {
      throw new UnreadableImageException("image-empty", "0 bytes");
    }
    for (ImageFormat format : values()) {
      if (format.matches(bytes)) {
        return format;
      }
    }
    throw new UnreadableImageException(
        "image-format-unknown",
        "the first bytes are those of no JPEG, PNG, GIF or BMP file, but " + hex(bytes));
  }

  private boolean matches(byte[] bytes) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder("'");
    for (int i = 0; i < Math.min(8, bytes.length); i++) {
      hex.append(i == 0 ? "" : " ").append(String.format("%02x", bytes[i]));
    }
    return hex.append("'").toString();
  }
}
