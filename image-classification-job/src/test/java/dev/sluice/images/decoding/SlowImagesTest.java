package dev.sluice.images.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Files that are small and legal, or nearly, and made to cost a decoder its stack or its time. */
class SlowImagesTest {
  private static final int NESTED = 3_600;
  private static final int PIECES = 300_000;

  @Test
  void doesNotFollowNestedExifDirectories() throws Exception {
    ByteBuffer exif = ByteBuffer.allocate(6 + 8 + NESTED * 18);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.putShort((short) 0x4D4D).putShort((short) 42).putInt(8);
    for (int i = 1; i <= NESTED; i++) {
      exif.putShort((short) 1).putShort((short) 0x014A).putShort((short) 4).putInt(1);
      exif.putInt(8 + i * 18).putInt(0);
    }
    byte[] jpeg = JpegBytes.with(sample("circle/circle-1.jpg"), JpegBytes.APP1, exif.array());

    assertThat(Pictures.decode(jpeg).width).isPositive();
  }

  @Test
  void readsTheOrientationInEitherByteOrder() {
    byte[] little = {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0};
    byte[] big = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0};

    assertThat(ExifOrientation.read(little, 0, little.length)).isEqualTo(6);
    assertThat(ExifOrientation.read(big, 0, big.length)).isEqualTo(8);
    for (int end = 0; end < 20; end++) {
      assertThat(ExifOrientation.read(big, 0, end)).as("cut at %s", end).isEqualTo(1);
    }
  }

  @Test
  void leavesOutWhatIsNoFrameOfAGif() throws Exception {
    byte[] gif = gif();
    int behindHeader = 13 + (3 << ((gif[10] & 7) + 1));
    byte[] comment = new byte[2 + 2 * PIECES + 1];
    comment[0] = 0x21;
    comment[1] = (byte) 0xFE;
    for (int i = 0; i < PIECES; i++) {
      comment[2 + 2 * i] = 1;
    }
    byte[] slow = insert(gif, behindHeader, comment);

    assertThat(GifBlocks.essential(slow)).hasSizeLessThanOrEqualTo(gif.length);
    assertThat(Pictures.decode(slow).get(5, 5, 0)).isEqualTo(Pictures.decode(gif).get(5, 5, 0));
  }

  @Test
  void refusesAJpegOfVeryManyScans() throws Exception {
    byte[] progressive = sample("cross/cross-progressive.jpg");
    int last = lastScan(progressive);
    int length = progressive.length - 2 - last;
    byte[] slow = new byte[progressive.length + 200 * length];
    System.arraycopy(progressive, 0, slow, 0, progressive.length - 2);
    for (int i = 0; i < 200; i++) {
      System.arraycopy(progressive, last, slow, progressive.length - 2 + i * length, length);
    }
    slow[slow.length - 2] = (byte) 0xFF;
    slow[slow.length - 1] = (byte) 0xD9;

    assertThatThrownBy(() -> Pictures.decode(slow))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageMatching("JPEG of 2\\d\\d scans");
  }

  private static int lastScan(byte[] jpeg) {
    int at = jpeg.length - 4;
    while ((jpeg[at] & 0xFF) != 0xFF || (jpeg[at + 1] & 0xFF) != 0xDA) {
      at--;
    }
    return at;
  }

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(Path.of("..", "sample-data", "images").resolve(name));
  }

  private static byte[] gif() throws IOException {
    BufferedImage image = new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB);
    image.setRGB(5, 5, 0xFF0000);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "gif", bytes);
    return bytes.toByteArray();
  }

  private static byte[] insert(byte[] bytes, int at, byte[] more) {
    byte[] longer = new byte[bytes.length + more.length];
    System.arraycopy(bytes, 0, longer, 0, at);
    System.arraycopy(more, 0, longer, at, more.length);
    System.arraycopy(bytes, at, longer, at + more.length, bytes.length - at);
    return longer;
  }
}
