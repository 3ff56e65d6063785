package dev.sluice.images.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static final ImageLimits LIMITS = new ImageLimits(100_000_000, 512);

  /** Of the CMYK sample, by Pillow: x, y, red, green, blue. */
  private static final int[][] CMYK_POINTS = {
    {5, 5, 243, 173, 204},
    {120, 160, 246, 169, 211},
    {234, 5, 247, 169, 210},
    {5, 314, 244, 175, 201},
  };

  @ParameterizedTest
  @MethodSource("sampleImages")
  void decodesEverySampleImage(String name) throws Exception {
    try (ImageDecoder decoder = new ImageDecoder(LIMITS)) {
      RgbImage image = decoder.decode(Pictures.sample(name));

      assertThat(Math.min(image.width, image.height)).isBetween(100, 500);
    }
  }

  static List<String> sampleImages() throws Exception {
    Path images = Pictures.sampleData().resolve("images");
    try (Stream<Path> files = Files.walk(images)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> images.relativize(file).toString())
          .filter(name -> !name.startsWith("broken"))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "corrupt.jpg, image-corrupt",
    "empty.jpg, image-empty",
    "not-an-image.jpg, image-format-unknown",
    "pixel-bomb.png, image-too-many-pixels",
    "truncated.jpg, image-truncated",
  })
  void rejectsEveryBrokenSampleWithItsCode(String name, String code) throws Exception {
    assertThatThrownBy(() -> decode(Pictures.sample("broken/" + name)))
        .isInstanceOfSatisfying(
            UnreadableImageException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void paddedSampleIsAGoodImageForADecoder() throws Exception {
    assertThat(decode(Pictures.sample("broken/too-large.jpg")).width).isPositive();
  }

  @Test
  void cmykSampleHasTheColoursThatItWasDrawnWith() throws Exception {
    RgbImage image = decode(Pictures.sample("hexagon/hexagon-cmyk.jpg"));

    assertThat(image.width).isEqualTo(240);
    assertThat(image.height).isEqualTo(320);
    for (int[] point : CMYK_POINTS) {
      for (int c = 0; c < 3; c++) {
        assertThat(image.get(point[0], point[1], c))
            .as("channel %s at %s, %s", c, point[0], point[1])
            .isBetween(point[2 + c] - 3, point[2 + c] + 3);
      }
    }
  }

  @Test
  void progressiveAndBaselineAreTheSamePicture() throws Exception {
    BufferedImage picture = Pictures.smooth(80, 60);

    RgbImage progressive = decode(Pictures.jpeg(picture, 0.9, true));

    assertThat(Pictures.pixels(progressive))
        .isEqualTo(Pictures.pixels(decode(Pictures.jpeg(picture, 0.9, false))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void appliesTheExifOrientationInBothByteOrders(int orientation) throws Exception {
    byte[] jpeg = Pictures.jpeg(Pictures.smooth(32, 24), 0.9, false);
    int[] expected = Pictures.pixels(decode(jpeg).oriented(orientation));

    RgbImage big = decode(JpegBytes.oriented(jpeg, orientation, true));
    RgbImage little = decode(JpegBytes.oriented(jpeg, orientation, false));

    assertThat(big.width).isEqualTo(orientation > 4 ? 24 : 32);
    assertThat(Pictures.pixels(big)).isEqualTo(expected);
    assertThat(Pictures.pixels(little)).isEqualTo(expected);
  }

  @Test
  void appliesTheExifOrientationOfFourChannels() throws Exception {
    byte[] jpeg = JpegBytes.adobe(JpegBytes.channels(32, 24, 200, 100, 50, 128), 0);

    assertThat(decode(JpegBytes.oriented(jpeg, 6, true)).width).isEqualTo(24);
  }

  @Test
  void damagedExifDataMeansNoOrientation() throws Exception {
    byte[] jpeg = Pictures.jpeg(Pictures.smooth(32, 24), 0.9, false);
    byte[] exif = JpegBytes.exif(6, true);
    int[] upright = Pictures.pixels(decode(jpeg));
    int[] turned = Pictures.pixels(decode(jpeg).oriented(6));

    for (int at = 6; at < exif.length; at++) {
      for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF}) {
        byte[] damaged = exif.clone();
        damaged[at] = (byte) value;
        RgbImage image = decode(JpegBytes.with(jpeg, JpegBytes.APP1, damaged));
        if (image.width == 24) {
          assertThat(Pictures.pixels(image)).as("byte %s = %s", at, value).hasSameSizeAs(turned);
        } else {
          assertThat(Pictures.pixels(image)).as("byte %s = %s", at, value).hasSameSizeAs(upright);
        }
      }
      byte[] cut = Arrays.copyOf(exif, at);
      assertThatCode(() -> decode(JpegBytes.with(jpeg, JpegBytes.APP1, cut)))
          .as("cut at %s", at)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void endMarkerOfAThumbnailIsNoEndOfTheImage() throws Exception {
    byte[] thumbnail = Pictures.jpeg(Pictures.smooth(8, 8), 0.5, false);
    byte[] jpeg = Pictures.jpeg(Pictures.smooth(64, 48), 0.9, false);
    byte[] with = JpegBytes.with(jpeg, JpegBytes.APP1, thumbnail);
    byte[] half = Arrays.copyOf(with, with.length - jpeg.length / 4);

    assertThat(decode(with).width).isEqualTo(64);
    assertThatThrownBy(() -> decode(half))
        .isInstanceOfSatisfying(
            UnreadableImageException.class, e -> assertThat(e.code()).isEqualTo("image-truncated"));
  }

  @Test
  void bytesBehindTheEndDoNoHarm() throws Exception {
    byte[] jpeg = Pictures.jpeg(Pictures.smooth(32, 24), 0.9, false);
    byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 1_000);

    assertThat(Pictures.pixels(decode(longer))).isEqualTo(Pictures.pixels(decode(jpeg)));
  }

  @Test
  void takesAsManyPixelsAsTheLimitAndNotOneMore() throws Exception {
    byte[] png = Pictures.encode(Pictures.smooth(20, 10), "png");
    byte[] jpeg = Pictures.jpeg(Pictures.smooth(20, 10), 0.9, false);
    byte[] gif = Pictures.encode(Pictures.smooth(20, 10), "gif");
    byte[] bmp = Pictures.encode(Pictures.smooth(20, 10), "bmp");

    for (byte[] file : List.of(png, jpeg, gif, bmp)) {
      assertThat(limitedTo(200, file).width).isEqualTo(20);
      assertThatThrownBy(() -> limitedTo(199, file))
          .isInstanceOfSatisfying(
              UnreadableImageException.class,
              e -> assertThat(e.code()).isEqualTo("image-too-many-pixels"))
          .hasMessage("20 x 10 pixels, above the limit of 199 or of 65535 on one side");
    }
  }

  @Test
  void decodesTheSamePixelsAfterABrokenImage() throws Exception {
    byte[] good = Pictures.jpeg(Pictures.smooth(32, 24), 0.9, false);
    byte[] broken = Pictures.sample("broken/corrupt.jpg");
    int[] expected = Pictures.pixels(decode(good));
    try (ImageDecoder decoder = new ImageDecoder(LIMITS)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> decoder.decode(broken))
            .isInstanceOf(UnreadableImageException.class);

        assertThat(Pictures.pixels(decoder.decode(good))).isEqualTo(expected);
      }
    }
  }

  @Test
  void thinsOutLargeImagesAndNoOthers() throws Exception {
    byte[] jpeg = Pictures.jpeg(Pictures.smooth(300, 200), 0.9, false);

    assertThat(keeping(101, jpeg).width).isEqualTo(300);
    RgbImage half = keeping(100, jpeg);
    assertThat(half.width).isEqualTo(150);
    assertThat(half.height).isEqualTo(100);
    assertThat(keeping(50, jpeg).height).isEqualTo(50);
  }

  private static RgbImage keeping(int shortSide, byte[] file) throws Exception {
    try (ImageDecoder decoder = new ImageDecoder(new ImageLimits(1_000_000, shortSide))) {
      return decoder.decode(file);
    }
  }

  private static RgbImage limitedTo(long pixels, byte[] file) throws Exception {
    try (ImageDecoder decoder = new ImageDecoder(new ImageLimits(pixels, 512))) {
      return decoder.decode(file);
    }
  }

  private static RgbImage decode(byte[] file) throws Exception {
    try (ImageDecoder decoder = new ImageDecoder(LIMITS)) {
      return decoder.decode(file);
    }
  }
}
