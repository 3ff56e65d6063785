package dev.sluice.images.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JpegMarkersTest {
  @Test
  void countsChannels() throws Exception {
    assertThat(JpegMarkers.of(JpegBytes.ofGrey(1)).channels).isEqualTo(1);
    assertThat(JpegMarkers.of(colour()).channels).isEqualTo(3);
    assertThat(JpegMarkers.of(JpegBytes.channels(8, 8, 1, 2, 3, 4)).channels).isEqualTo(4);
  }

  @Test
  void readsAdobesTransformAndItsAbsence() throws Exception {
    assertThat(JpegMarkers.of(colour()).adobeTransform).isEqualTo(-1);
    for (int transform : new int[] {0, 1, 2}) {
      assertThat(JpegMarkers.of(JpegBytes.adobe(colour(), transform)).adobeTransform)
          .isEqualTo(transform);
    }
  }

  @Test
  void seesExifAmongOtherSegments() throws Exception {
    byte[] xmp =
        JpegBytes.with(
            colour(), JpegBytes.APP1, "http://ns.adobe.com".getBytes(StandardCharsets.UTF_8));

    assertThat(JpegMarkers.of(xmp).orientation()).isEqualTo(1);
    assertThat(JpegMarkers.of(JpegBytes.oriented(xmp, 6, true)).orientation()).isEqualTo(6);
    assertThat(
            JpegMarkers.of(
                    JpegBytes.with(JpegBytes.oriented(xmp, 6, true), JpegBytes.COM, new byte[9]))
                .orientation())
        .isEqualTo(6);
  }

  @Test
  void skipsFillBytes() throws Exception {
    byte[] jpeg = JpegBytes.oriented(colour(), 6, true);
    byte[] filled = new byte[jpeg.length + 3];
    Arrays.fill(filled, (byte) 0xFF);
    System.arraycopy(jpeg, 0, filled, 0, 2);
    System.arraycopy(jpeg, 2, filled, 5, jpeg.length - 2);

    JpegMarkers markers = JpegMarkers.of(filled);

    assertThat(markers.orientation()).isEqualTo(6);
    assertThat(markers.complete).isTrue();
    assertThat(Pictures.decode(filled).width).isEqualTo(24);
  }

  @Test
  void skipsBytesThatPadItsSegments() throws Exception {
    byte[] jpeg = JpegBytes.oriented(colour(), 6, true);
    byte[] padded = new byte[jpeg.length + 6];
    System.arraycopy(jpeg, 0, padded, 0, 2);
    System.arraycopy(jpeg, 2, padded, 8, jpeg.length - 2);

    assertThat(JpegMarkers.of(padded).orientation()).isEqualTo(6);
    assertThat(JpegMarkers.of(padded).complete).isTrue();
  }

  @Test
  void countsScansAndWhatGatheringThemTakes() throws Exception {
    JpegMarkers baseline = JpegMarkers.of(colour());
    byte[] sample =
        Files.readAllBytes(Path.of("../sample-data/images/cross/cross-progressive.jpg"));
    JpegMarkers progressive = JpegMarkers.of(sample);

    assertThat(baseline.scans).isEqualTo(1);
    assertThat(baseline.coefficientBytes(1_000, 1_000)).isZero();
    assertThat(progressive.scans).isBetween(2, 20);
    assertThat(progressive.coefficientBytes(1_000, 1_000)).isBetween(2_000_000L, 6_000_000L);
  }

  @Test
  void endsWithItsLastMarkerAndNotBefore() throws Exception {
    byte[] jpeg = colour();

    assertThat(JpegMarkers.of(jpeg).complete).isTrue();
    for (int length = 0; length < jpeg.length; length++) {
      assertThat(JpegMarkers.of(Arrays.copyOf(jpeg, length)).complete).as("%s", length).isFalse();
    }
  }

  @Test
  void endMarkerBeforeTheScanIsNone() throws Exception {
    byte[] comment = {0, (byte) 0xFF, (byte) 0xD9, 0};
    byte[] jpeg = JpegBytes.with(colour(), JpegBytes.COM, comment);

    assertThat(JpegMarkers.of(Arrays.copyOf(jpeg, jpeg.length - 2)).complete).isFalse();
  }

  @Test
  void holdsAtMostABlockABit() throws Exception {
    JpegMarkers markers = JpegMarkers.of(new byte[100]);

    assertThat(markers.canHold(8 * 800, 8)).isTrue();
    assertThat(markers.canHold(8 * 800 + 1, 8)).isFalse();
    assertThat(markers.canHold(65_535, 65_535)).isFalse();
  }

  @Test
  void leavesOrdinaryFilesAsTheyAre() throws Exception {
    byte[] jpeg = colour();
    byte[] adobe = JpegBytes.adobe(JpegBytes.withoutJfif(jpeg), 1);

    assertThat(JpegMarkers.of(jpeg).forImageIo()).isSameAs(jpeg);
    assertThat(JpegMarkers.of(adobe).forImageIo()).isSameAs(adobe);
  }

  @Property(tries = 2_000)
  void neverFails(@ForAll byte[] bytes) {
    byte[] jpeg = Arrays.copyOf(new byte[] {(byte) 0xFF, (byte) 0xD8}, bytes.length + 2);
    System.arraycopy(bytes, 0, jpeg, 2, bytes.length);

    assertThat(JpegMarkers.of(jpeg).forImageIo().length).isGreaterThanOrEqualTo(jpeg.length);
  }

  private static byte[] colour() throws Exception {
    return Pictures.jpeg(Pictures.smooth(32, 24), 0.9, false);
  }
}
