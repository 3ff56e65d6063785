package dev.sluice.images.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damage of every kind is an {@link UnreadableImageException} or leaves the picture whole. */
class DamagedImagesTest {
  private static final Map<String, byte[]> FILES = files();

  static Map<String, byte[]> files() {
    try {
      BufferedImage smooth = Pictures.smooth(40, 30);
      Map<String, byte[]> files = new LinkedHashMap<>();
      files.put("baseline JPEG", Pictures.jpeg(smooth, 0.8, false));
      files.put("progressive JPEG", Pictures.jpeg(smooth, 0.8, true));
      files.put("grey JPEG", JpegBytes.ofGrey(99));
      files.put("CMYK JPEG", JpegBytes.adobe(JpegBytes.channels(16, 16, 1, 2, 3, 4), 0));
      files.put("EXIF JPEG", JpegBytes.oriented(Pictures.jpeg(smooth, 0.8, false), 6, true));
      files.put("PNG", Pictures.encode(smooth, "png"));
      files.put("interlaced PNG", Pictures.interlacedPng(smooth));
      files.put(
          "palette PNG",
          Pictures.encode(Pictures.noise(20, 15, BufferedImage.TYPE_BYTE_INDEXED, 1), "png"));
      files.put("GIF", Pictures.encode(smooth, "gif"));
      files.put("BMP", Pictures.encode(smooth, "bmp"));
      files.put(
          "RLE BMP",
          Pictures.bmp(Pictures.noise(20, 15, BufferedImage.TYPE_BYTE_INDEXED, 1), "BI_RLE8"));
      return files;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(FILES.keySet());
  }

  static Stream<String> fileNames() {
    return FILES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("fileNames")
  void aFileCutAnywhereGivesAllPixelsOrNone(String name) throws Exception {
    byte[] whole = FILES.get(name);
    int[] pixels = Pictures.pixels(Pictures.decode(whole));
    int kept = 0;
    try (ImageDecoder decoder = new ImageDecoder(new ImageLimits(1_000_000, 512))) {
      for (int length = 0; length < whole.length; length++) {
        try {
          RgbImage image = decoder.decode(Arrays.copyOf(whole, length));

          assertThat(Pictures.pixels(image)).as("%s cut at %s", name, length).isEqualTo(pixels);
          kept++;
        } catch (UnreadableImageException e) {
          assertThat(e.code()).startsWith("image-");
        }
      }
    }
    assertThat(kept).as("lengths of %s at which nothing is missed", name).isLessThan(64);
  }

  @Property(tries = 6_000)
  void oneWrongByteGivesAnImageOfTheDeclaredSizeOrIsUnreadable(
      @ForAll("names") String name, @ForAll @IntRange(max = 1_000_000) int at, @ForAll byte value)
      throws Exception {
    byte[] damaged = FILES.get(name).clone();
    damaged[at % damaged.length] = value;

    decodeOrReject(damaged);
  }

  @Property(tries = 3_000)
  void randomBytesBehindAnyMagicAreUnreadableOrAnImage(
      @ForAll("magic") byte[] magic, @ForAll long seed, @ForAll @IntRange(max = 400) int length)
      throws Exception {
    byte[] bytes = new byte[magic.length + length];
    new Random(seed).nextBytes(bytes);
    System.arraycopy(magic, 0, bytes, 0, magic.length);

    decodeOrReject(bytes);
  }

  @Property(tries = 2_000)
  void randomBytesInTheMiddleAreUnreadableOrAnImage(
      @ForAll("names") String name, @ForAll long seed, @ForAll @IntRange(min = 1, max = 64) int n)
      throws Exception {
    byte[] damaged = FILES.get(name).clone();
    Random random = new Random(seed);
    int from = random.nextInt(damaged.length);
    for (int i = from; i < Math.min(damaged.length, from + n); i++) {
      damaged[i] = (byte) random.nextInt();
    }

    decodeOrReject(damaged);
  }

  @Provide
  Arbitrary<byte[]> magic() {
    return Arbitraries.of(
        new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF},
        Arrays.copyOf(FILES.get("baseline JPEG"), 200),
        Arrays.copyOf(FILES.get("PNG"), 8),
        Arrays.copyOf(FILES.get("PNG"), 41),
        Arrays.copyOf(FILES.get("GIF"), 6),
        Arrays.copyOf(FILES.get("GIF"), 13),
        new byte[] {'B', 'M'},
        Arrays.copyOf(FILES.get("BMP"), 54));
  }

  private static void decodeOrReject(byte[] bytes) throws Exception {
    try (ImageDecoder decoder = new ImageDecoder(new ImageLimits(1_000_000, 512))) {
      RgbImage image = decoder.decode(bytes);

      assertThat((long) image.width * image.height).isBetween(1L, 1_000_000L);
      assertThat(Pictures.pixels(image)).isNotEmpty();
    } catch (UnreadableImageException e) {
      assertThat(e.code()).startsWith("image-");
    }
  }

  @Test
  void aPngWhoseDataWasChangedIsNoticedByItsChecksum() throws Exception {
    byte[] png = FILES.get("PNG").clone();
    png[png.length - 30] ^= 1;

    assertThatThrownBy(() -> Pictures.decode(png)).isInstanceOf(UnreadableImageException.class);
  }
}
