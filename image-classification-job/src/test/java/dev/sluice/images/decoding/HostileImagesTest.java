package dev.sluice.images.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Headers that ask for much more than the file holds. The measure is what the decoding thread
 * allocates, freed or not, so it does not depend on the garbage collector.
 */
class HostileImagesTest {
  private static final long MIB = 1L << 20;
  private static final ImageLimits LIMITS = new ImageLimits(100_000_000, 512);

  @Test
  void decodes60MegapixelsWithinAFewMegabytes() throws Exception {
    byte[] jpeg =
        Pictures.jpeg(new BufferedImage(10_000, 6_000, BufferedImage.TYPE_BYTE_GRAY), 0.5, false);

    long allocated = allocatedBy(jpeg, false);

    assertThat(allocated).isLessThan(32 * MIB);
  }

  @Test
  void decodesAPanoramaOf60MegapixelsWithin200Megabytes() throws Exception {
    byte[] jpeg =
        Pictures.jpeg(new BufferedImage(65_000, 920, BufferedImage.TYPE_BYTE_GRAY), 0.5, false);

    long allocated = allocatedBy(jpeg, false);

    assertThat(allocated).isLessThan(64 * MIB);
  }

  @Test
  void refusesPixelBombsInEveryFormat() throws Exception {
    byte[] jpeg = Pictures.jpeg(Pictures.smooth(16, 16), 0.9, false);
    byte[] png = new PngBytes(30_000, 30_000, 8, PngBytes.RGB).data(0, 0, 0, 0).end();
    byte[] gif = Pictures.encode(Pictures.smooth(16, 16), "gif");
    patchGifFrame(gif, 30_000, 30_000);
    byte[] bmp = Pictures.encode(Pictures.smooth(16, 16), "bmp");
    little(bmp).putInt(18, 20_000).putInt(22, 20_000);

    for (byte[] file : new byte[][] {JpegBytes.declaring(jpeg, 30_000, 30_000), png, gif}) {
      assertThatThrownBy(() -> decode(file))
          .isInstanceOfSatisfying(
              UnreadableImageException.class,
              e -> assertThat(e.code()).isEqualTo("image-too-many-pixels"))
          .hasMessageStartingWith("30000 x 30000 pixels, above the limit of 100000000");
    }
    // Here newer Java versions notice by themselves that the file is too short.
    assertThat(allocatedBy(bmp, true)).isLessThan(16 * MIB);
  }

  @Test
  void refusesAJpegHeaderAtTheLimitWithAlmostNoData() throws Exception {
    byte[] small = Pictures.jpeg(Pictures.smooth(16, 16), 0.9, true);

    assertThat(allocatedBy(JpegBytes.declaring(small, 10_000, 10_000), true)).isLessThan(16 * MIB);
    assertThat(allocatedBy(JpegBytes.declaring(small, 65_535, 65_535), true)).isLessThan(16 * MIB);
  }

  @Test
  void refusesLinesOfAHundredMillionPixels() throws Exception {
    byte[] png = new PngBytes(100_000_000, 1, 16, PngBytes.RGB_ALPHA).data(0).end();
    byte[] tall = new PngBytes(1, 100_000_000, 16, PngBytes.RGB_ALPHA).data(0).end();
    byte[] bmp = Pictures.encode(Pictures.smooth(16, 16), "bmp");
    little(bmp).putInt(18, 100_000_000).putInt(22, 1);

    assertThat(allocatedBy(png, true)).isLessThan(16 * MIB);
    assertThat(allocatedBy(tall, true)).isLessThan(16 * MIB);
    assertThat(allocatedBy(bmp, true)).isLessThan(16 * MIB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zTXt", "iTXt", "iCCP"})
  void doesNotInflateWhatIsNoPicture(String type) throws Exception {
    byte[] bomb = PngBytes.deflated(new byte[(int) (64 * MIB)]);
    byte[] head =
        (type.equals("iTXt") ? "key\0\1\0\0\0" : "key\0\0").getBytes(StandardCharsets.ISO_8859_1);
    byte[] body = Arrays.copyOf(head, head.length + bomb.length);
    System.arraycopy(bomb, 0, body, head.length, bomb.length);
    byte[] png =
        new PngBytes(1, 1, 8, PngBytes.PALETTE)
            .chunk("PLTE", new byte[] {1, 2, 3})
            .chunk(type, body)
            .data(0, 0)
            .end();

    assertThat(allocatedBy(png, false)).isLessThan(16 * MIB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLTE", "tRNS", "iCCP", "zTXt", "tEXt", "IDAT", "eXIf"})
  void allocatesNothingForAChunkThatIsNotThere(String type) throws Exception {
    for (int length : new int[] {Integer.MAX_VALUE - 16, Integer.MAX_VALUE, -1, 1 << 30}) {
      byte[] png =
          new PngBytes(1, 1, 8, PngBytes.PALETTE)
              .chunk("PLTE", new byte[] {1, 2, 3})
              .declaring(length, type, "key\0\0".getBytes(StandardCharsets.US_ASCII))
              .bytes();

      assertThat(allocatedBy(png, true)).as("%s of %s", type, length).isLessThan(16 * MIB);
    }
  }

  @Test
  void refusesABmpThatHoldsAnImageOfAnotherSize() throws Exception {
    byte[] bomb = Pictures.sample("broken/pixel-bomb.png");
    byte[] bmp = Pictures.bmp(Pictures.smooth(16, 16), "BI_PNG");
    byte[] hostile = Arrays.copyOf(bmp, 54 + bomb.length);
    System.arraycopy(bomb, 0, hostile, 54, bomb.length);
    little(hostile).putInt(10, 54).putInt(34, bomb.length);

    assertThat(allocatedBy(hostile, true)).isLessThan(16 * MIB);
  }

  @Test
  void allocatesNothingForTheSizesThatABmpOnlyDeclares() throws Exception {
    byte[] plain = Pictures.encode(Pictures.smooth(16, 16), "bmp");
    byte[] packed =
        Pictures.bmp(Pictures.noise(20, 15, BufferedImage.TYPE_BYTE_INDEXED, 1), "BI_RLE8");
    for (byte[] file : new byte[][] {plain, packed}) {
      for (int offset : new int[] {2, 10, 14, 34, 46}) { // file, data, header, image, palette
        for (int value : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30}) {
          byte[] hostile = file.clone();
          little(hostile).putInt(offset, value);

          long allocated = allocated(hostile);

          assertThat(allocated).as("%s at %s", value, offset).isLessThan(16 * MIB);
        }
      }
    }
  }

  @Test
  void bmpWithTheTopRowFirstIsReadAndAbsurdHeightsAreNot() throws Exception {
    byte[] bmp = Pictures.encode(Pictures.smooth(16, 16), "bmp");
    byte[] topDown = bmp.clone();
    little(topDown).putInt(22, -16);
    byte[] absurd = bmp.clone();
    little(absurd).putInt(22, Integer.MIN_VALUE);

    RgbImage image = decode(topDown);

    assertThat(image.get(3, 0, 1)).isEqualTo(decode(bmp).get(3, 15, 1));
    assertThatThrownBy(() -> decode(absurd)).isInstanceOf(UnreadableImageException.class);
  }

  @Test
  void gifIsItsFrameWhateverTheScreenSays() throws Exception {
    byte[] gif = Pictures.encode(Pictures.smooth(16, 12), "gif");
    byte[] largeScreen = gif.clone();
    little(largeScreen).putShort(6, (short) 65_535).putShort(8, (short) 65_535);
    byte[] outside = gif.clone();
    int frame = gifFrame(outside);
    little(outside).putShort(frame + 1, (short) 60_000).putShort(frame + 3, (short) 60_000);

    assertThat(allocatedBy(largeScreen, false)).isLessThan(16 * MIB);
    assertThat(Pictures.pixels(decode(outside))).isEqualTo(Pictures.pixels(decode(gif)));
  }

  private static long allocatedBy(byte[] file, boolean refused) throws Exception {
    long allocated;
    if (refused) {
      assertThatThrownBy(() -> decode(file)).isInstanceOf(UnreadableImageException.class);
    } else {
      assertThat(decode(file).width).isPositive();
    }
    allocated = allocated(file); // the second time no class is loaded
    return allocated;
  }

  private static long allocated(byte[] file) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      decode(file);
    } catch (UnreadableImageException e) {
      assertThat(e.code()).startsWith("image-");
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static RgbImage decode(byte[] file) throws UnreadableImageException {
    try (ImageDecoder decoder = new ImageDecoder(LIMITS)) {
      return decoder.decode(file);
    }
  }

  private static ByteBuffer little(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void patchGifFrame(byte[] gif, int width, int height) {
    int frame = gifFrame(gif);
    little(gif).putShort(frame + 5, (short) width).putShort(frame + 7, (short) height);
  }

  /** Where the first frame's descriptor is: behind the global palette and the extensions. */
  private static int gifFrame(byte[] gif) {
    int at = 13 + ((gif[10] & 0x80) == 0 ? 0 : 3 << ((gif[10] & 7) + 1));
    while (gif[at] == 0x21) {
      at += 2;
      while (gif[at] != 0) {
        at += 1 + (gif[at] & 0xFF);
      }
      at++;
    }
    return at;
  }
}
