package dev.sluice.images.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RgbImageTest {
  /**
   * EXIF 2.3, tag 0x0112: where the stored row 0 and column 0 lie in the upright picture. For each
   * orientation the stored pixel that an upright one comes from, straight from that table.
   */
  private static int[] stored(int orientation, int x, int y, int width, int height) {
    return switch (orientation) {
      case 2 -> new int[] {width - 1 - x, y}; // top, right
      case 3 -> new int[] {width - 1 - x, height - 1 - y}; // bottom, right
      case 4 -> new int[] {x, height - 1 - y}; // bottom, left
      case 5 -> new int[] {y, x}; // left, top
      case 6 -> new int[] {y, height - 1 - x}; // right, top
      case 7 -> new int[] {width - 1 - y, height - 1 - x}; // right, bottom
      case 8 -> new int[] {width - 1 - y, x}; // left, bottom
      default -> new int[] {x, y};
    };
  }

  @Property(tries = 300)
  void everyOrientationTurnsEveryPixelToItsPlace(
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = -1, max = 10) int orientation,
      @ForAll @IntRange(min = 0, max = 2) int layout) {
    RgbImage image = image(width, height, layout);

    RgbImage upright = image.oriented(orientation);

    boolean turned = orientation >= 5 && orientation <= 8;
    assertThat(upright.width).isEqualTo(turned ? height : width);
    assertThat(upright.height).isEqualTo(turned ? width : height);
    for (int y = 0; y < upright.height; y++) {
      for (int x = 0; x < upright.width; x++) {
        int[] from = stored(orientation, x, y, width, height);
        for (int c = 0; c < 3; c++) {
          assertThat(upright.get(x, y, c)).isEqualTo(image.get(from[0], from[1], c));
        }
      }
    }
  }

  @Property(tries = 100)
  void channelsAreRedGreenBlueInEveryLayout(
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 9) int height) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          assertThat(image(width, height, 0).get(x, y, c)).isEqualTo(value(x, y, c));
          assertThat(image(width, height, 1).get(x, y, c)).isEqualTo(value(x, y, c));
          assertThat(image(width, height, 2).get(x, y, c)).isEqualTo(value(x, y, 0));
        }
      }
    }
  }

  /** Layout 0 is RGB, 1 is ABGR, 2 is grey. */
  private static RgbImage image(int width, int height, int layout) {
    int stride = new int[] {3, 4, 1}[layout];
    int[][] channels = {{0, 1, 2}, {3, 2, 1}, {0, 0, 0}};
    byte[] data = new byte[width * height * stride];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = layout == 2 ? 0 : 2; c >= 0; c--) {
          data[(y * width + x) * stride + channels[layout][c]] = (byte) value(x, y, c);
        }
      }
    }
    return RgbImage.of(data, width, height, stride, channels[layout]);
  }

  private static int value(int x, int y, int c) {
    return (x * 31 + y * 17 + c * 101) & 0xFF;
  }
}
