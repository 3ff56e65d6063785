package dev.sluice.images.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFormatTest {
  @Test
  void tellsFormatsByTheirFirstBytes() throws Exception {
    assertThat(ImageFormat.of(bytes(0xFF, 0xD8, 0xFF, 0xE0))).isEqualTo(ImageFormat.JPEG);
    assertThat(ImageFormat.of(bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10)))
        .isEqualTo(ImageFormat.PNG);
    assertThat(ImageFormat.of(bytes('G', 'I', 'F', '8', '7', 'a'))).isEqualTo(ImageFormat.GIF);
    assertThat(ImageFormat.of(bytes('B', 'M'))).isEqualTo(ImageFormat.BMP);
  }

  @Test
  void refusesEveryShorterBeginning() {
    for (ImageFormat format : ImageFormat.values()) {
      byte[] magic =
          switch (format) {
            case JPEG -> bytes(0xFF, 0xD8, 0xFF);
            case PNG -> bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10);
            case GIF -> bytes('G', 'I', 'F', '8');
            case BMP -> bytes('B', 'M');
          };
      for (int length = 1; length < magic.length; length++) {
        byte[] cut = Arrays.copyOf(magic, length);
        assertThatThrownBy(() -> ImageFormat.of(cut))
            .isInstanceOfSatisfying(
                UnreadableImageException.class,
                e -> assertThat(e.code()).isEqualTo("image-format-unknown"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RIFF1234WEBP", "<html>", "II*\0", "MM\0*", "%PDF-1.4", "\0\0\0 ftypheic"})
  void refusesOtherFormatsNamingTheirFirstBytes(String beginning) {
    assertThatThrownBy(() -> ImageFormat.of(beginning.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining(String.format("'%02x ", (int) beginning.charAt(0)));
  }

  @Test
  void emptyFilesHaveTheirOwnCode() {
    assertThatThrownBy(() -> ImageFormat.of(new byte[0]))
        .isInstanceOfSatisfying(
            UnreadableImageException.class, e -> assertThat(e.code()).isEqualTo("image-empty"))
        .hasMessage("0 bytes");
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
