package dev.sluice.images.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours as Pillow reads them. The expected values are those of Pillow 12.3 on equal bytes. */
class RgbConversionTest {
  private static final Offset<Integer> LOSS = Offset.offset(2);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 128, 200, 255})
  void greyJpegIsNotBrightened(int level) throws Exception {
    assertThat(colour(JpegBytes.ofGrey(level))).containsExactly(level, level, level);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 128, 200, 255})
  void greyPngIsNotBrightened(int level) throws Exception {
    byte[] png = new PngBytes(1, 1, 8, PngBytes.GREY).data(0, level).end();

    assertThat(colour(png)).containsExactly(level, level, level);
  }

  @Test
  void sixteenBitGreyLosesItsLowerEight() throws Exception {
    byte[] png = new PngBytes(2, 1, 16, PngBytes.GREY).data(0, 0x80, 0xFF, 0xFF, 0x01).end();

    assertThat(Pictures.pixels(Pictures.decode(png))).containsExactly(128, 128, 128, 255, 255, 255);
  }

  @Test
  void greyWithAlphaKeepsItsGrey() throws Exception {
    byte[] png = new PngBytes(2, 1, 8, PngBytes.GREY_ALPHA).data(0, 64, 0, 200, 128).end();

    assertThat(Pictures.pixels(Pictures.decode(png))).containsExactly(64, 64, 64, 200, 200, 200);
  }

  @Test
  void sixteenBitGreyWithAlphaKeepsItsGrey() throws Exception {
    byte[] png = new PngBytes(1, 1, 16, PngBytes.GREY_ALPHA).data(0, 64, 9, 0, 0).end();

    assertThat(colour(png)).containsExactly(64, 64, 64);
  }

  @Test
  void alphaIsDroppedAndNotBlended() throws Exception {
    byte[] png = new PngBytes(1, 1, 8, PngBytes.RGB_ALPHA).data(0, 10, 120, 250, 0).end();

    assertThat(colour(png)).containsExactly(10, 120, 250);
  }

  @Test
  void sixteenBitColourLosesItsLowerEight() throws Exception {
    byte[] rgb = new PngBytes(1, 1, 16, PngBytes.RGB).data(0, 10, 255, 120, 0, 250, 99).end();
    byte[] rgba =
        new PngBytes(1, 1, 16, PngBytes.RGB_ALPHA).data(0, 10, 255, 120, 0, 250, 99, 0, 0).end();

    assertThat(colour(rgb)).containsExactly(10, 120, 250);
    assertThat(colour(rgba)).containsExactly(10, 120, 250);
  }

  @ParameterizedTest
  @CsvSource({"1, 0x80, 255", "1, 0x00, 0", "2, 0x40, 85", "2, 0x80, 170", "4, 0x70, 119"})
  void shallowGreyIsStretched(int bits, int packed, int level) throws Exception {
    byte[] png = new PngBytes(1, 1, bits, PngBytes.GREY).data(0, packed).end();

    assertThat(colour(png)).containsExactly(level, level, level);
  }

  @Test
  void paletteIsLookedUp() throws Exception {
    byte[] palette = {1, 2, 3, (byte) 250, (byte) 150, 50};
    for (int bits : new int[] {1, 2, 4, 8}) {
      byte[] png =
          new PngBytes(1, 1, bits, PngBytes.PALETTE)
              .chunk("PLTE", palette)
              .data(0, 1 << (8 - bits))
              .end();

      assertThat(colour(png)).as("%s bits", bits).containsExactly(250, 150, 50);
    }
  }

  @Test
  void transparentColourOfAPaletteKeepsItsColour() throws Exception {
    byte[] png =
        new PngBytes(1, 1, 8, PngBytes.PALETTE)
            .chunk("PLTE", new byte[] {10, 20, 30})
            .chunk("tRNS", new byte[] {0})
            .data(0, 0)
            .end();

    assertThat(colour(png)).containsExactly(10, 20, 30);
  }

  @Test
  void transparentColourOfGreyAndRgbKeepsItsColour() throws Exception {
    byte[] grey =
        new PngBytes(1, 1, 8, PngBytes.GREY).chunk("tRNS", new byte[] {0, 77}).data(0, 77).end();
    byte[] rgb =
        new PngBytes(1, 1, 8, PngBytes.RGB)
            .chunk("tRNS", new byte[] {0, 10, 0, 20, 0, 30})
            .data(0, 10, 20, 30)
            .end();

    assertThat(colour(grey)).containsExactly(77, 77, 77);
    assertThat(colour(rgb)).containsExactly(10, 20, 30);
  }

  @Test
  void interlacedPngIsTheSamePicture() throws Exception {
    BufferedImage image = Pictures.noise(33, 21, BufferedImage.TYPE_3BYTE_BGR, 1);

    RgbImage decoded = Pictures.decode(Pictures.interlacedPng(image));

    assertThat(Pictures.pixels(decoded)).isEqualTo(Pictures.pixels(image));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_USHORT_555_RGB,
        BufferedImage.TYPE_USHORT_565_RGB,
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_BYTE_BINARY
      })
  void bmpOfAnyDepthKeepsItsColours(int type) throws Exception {
    BufferedImage image = Pictures.noise(13, 7, type, 2);

    RgbImage decoded = Pictures.decode(Pictures.encode(image, "bmp"));

    int[] expected = Pictures.pixels(image);
    int[] actual = Pictures.pixels(decoded);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], Offset.offset(1)); // 31 levels stretched to 255
    }
  }

  @Test
  void gifIsItsFirstFrame() throws Exception {
    BufferedImage image = indexed(16, 9, 3);
    byte[] gif = Pictures.encode(image, "gif");

    assertThat(Pictures.pixels(Pictures.decode(gif))).isEqualTo(Pictures.pixels(image));
  }

  @Test
  void colourJpegKeepsItsColoursBaselineAndProgressive() throws Exception {
    BufferedImage image = Pictures.smooth(64, 48);

    assertClose(Pictures.decode(Pictures.jpeg(image, 1.0, false)), image, 5);
    assertClose(Pictures.decode(Pictures.jpeg(image, 1.0, true)), image, 5);
  }

  @Test
  void colourJpegWithoutJfifMarkerIsYcbcrAsForPillow() throws Exception {
    byte[] jpeg = Pictures.jpeg(Pictures.smooth(64, 48), 1.0, false);

    RgbImage decoded = Pictures.decode(JpegBytes.withoutJfif(jpeg));

    assertThat(Pictures.pixels(decoded)).isEqualTo(Pictures.pixels(Pictures.decode(jpeg)));
    // All channels in full size: here ImageIO by itself would guess RGB.
    assertColour(colour(JpegBytes.channels(16, 16, 76, 85, 255)), 254, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "255 255 255 255, 255, 255, 255", // no ink
    "255 255 255 0, 0, 0, 0", // all black ink
    "0 255 255 255, 0, 255, 255", // cyan
    "255 255 255 100, 100, 100, 100",
    "200 100 50 128, 100, 50, 25",
  })
  void cmykOfAdobeIsInverted(String stored, int red, int green, int blue) throws Exception {
    byte[] jpeg = JpegBytes.adobe(JpegBytes.channels(16, 16, numbers(stored)), 0);

    assertColour(colour(jpeg), red, green, blue);
  }

  @ParameterizedTest
  @CsvSource({
    "0 128 128 255, 255, 255, 255", // no ink
    "255 128 128 255, 0, 0, 0",
    "128 128 128 255, 127, 127, 127",
    "0 128 128 100, 100, 100, 100",
    "76 85 255 255, 1, 255, 255", // cyan: YCbCr of red
  })
  void ycckOfAdobeIsInvertedToo(String stored, int red, int green, int blue) throws Exception {
    byte[] jpeg = JpegBytes.adobe(JpegBytes.channels(16, 16, numbers(stored)), 2);

    assertColour(colour(jpeg), red, green, blue);
  }

  @Test
  void cmykWithoutAdobeMarkerIsInk() throws Exception {
    assertColour(colour(JpegBytes.channels(16, 16, 0, 0, 0, 0)), 255, 255, 255);
    assertColour(colour(JpegBytes.channels(16, 16, 255, 0, 0, 0)), 0, 255, 255);
    assertColour(colour(JpegBytes.channels(16, 16, 0, 0, 0, 255)), 0, 0, 0);
  }

  @Test
  void colourProfileIsIgnoredAsByPillow() throws Exception {
    byte[] plain = Pictures.jpeg(Pictures.smooth(64, 48), 1.0, false);
    byte[] linear =
        java.awt.color.ICC_Profile.getInstance(java.awt.color.ColorSpace.CS_LINEAR_RGB).getData();
    byte[] body = new byte[14 + linear.length];
    System.arraycopy("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1), 0, body, 0, 14);
    System.arraycopy(linear, 0, body, 14, linear.length);

    RgbImage decoded = Pictures.decode(JpegBytes.with(plain, JpegBytes.APP2, body));

    assertThat(Pictures.pixels(decoded)).isEqualTo(Pictures.pixels(Pictures.decode(plain)));
  }

  private static int[] numbers(String text) {
    return Stream.of(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private static int[] colour(byte[] file) throws Exception {
    RgbImage image = Pictures.decode(file);
    return new int[] {image.get(0, 0, 0), image.get(0, 0, 1), image.get(0, 0, 2)};
  }

  private static void assertColour(int[] actual, int red, int green, int blue) {
    assertThat(actual[0]).as("red").isCloseTo(red, LOSS);
    assertThat(actual[1]).as("green").isCloseTo(green, LOSS);
    assertThat(actual[2]).as("blue").isCloseTo(blue, LOSS);
  }

  private static void assertClose(RgbImage actual, BufferedImage expected, int most) {
    int[] left = Pictures.pixels(actual);
    int[] right = Pictures.pixels(expected);
    assertThat(left).hasSameSizeAs(right);
    for (int i = 0; i < left.length; i++) {
      assertThat(left[i]).isCloseTo(right[i], Offset.offset(most));
    }
  }

  private static BufferedImage indexed(int width, int height, long seed) {
    Random random = new Random(seed);
    byte[] colours = new byte[3 * 256];
    random.nextBytes(colours);
    BufferedImage image =
        new BufferedImage(
            width,
            height,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 256, colours, 0, false));
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, random.nextInt(256));
    }
    return image;
  }
}
