package dev.sluice.images.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PreprocessingTest {
  private static final float[] MEAN = {0.5f, 0.4f, 0.3f};
  private static final Offset<Float> ULPS = Offset.offset(1e-6f);
  private static final float[] DEVIATION = {0.2f, 0.25f, 0.5f};

  @Test
  void imageOfTheRightSizeIsOnlyScaledToOne() throws Exception {
    Preprocessing plain = new Preprocessing(4, 3, ResizeRule.none(), null, null);

    float[] tensor = tensor(plain, 4, 3);

    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 3; y++) {
        for (int x = 0; x < 4; x++) {
          assertThat(tensor[(c * 3 + y) * 4 + x]).isCloseTo(value(x, y, c) / 255f, ULPS);
        }
      }
    }
  }

  @Test
  void normalisesByMeanAndDeviationOfEachChannel() throws Exception {
    Preprocessing normal = new Preprocessing(4, 3, ResizeRule.none(), MEAN, DEVIATION);

    float[] tensor = tensor(normal, 4, 3);

    for (int c = 0; c < 3; c++) {
      float expected = (value(2, 1, c) / 255f - MEAN[c]) / DEVIATION[c];
      assertThat(tensor[(c * 3 + 1) * 4 + 2]).isCloseTo(expected, ULPS);
    }
  }

  @Property(tries = 200)
  void cropIsFromTheCentreRoundedDown(
      @ForAll @IntRange(min = 2, max = 9) int width, @ForAll @IntRange(min = 2, max = 9) int height)
      throws Exception {
    Preprocessing crop = new Preprocessing(2, 2, ResizeRule.none(), null, null);

    float[] tensor = tensor(crop, width, height);

    int left = (width - 2) / 2;
    int top = (height - 2) / 2;
    assertThat(tensor[0]).isCloseTo(value(left, top, 0) / 255f, ULPS);
    assertThat(tensor[3]).isCloseTo(value(left + 1, top + 1, 0) / 255f, ULPS);
  }

  @Property(tries = 200)
  void oneColourStaysThatColourWhateverTheSizes(
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll @IntRange(min = 1, max = 300) int height,
      @ForAll @IntRange(max = 255) int level)
      throws Exception {
    byte[] data = new byte[width * height];
    Arrays.fill(data, (byte) level);
    Preprocessing exact = new Preprocessing(24, 24, ResizeRule.exactly(32, 28), null, null);
    float[] tensor = new float[exact.length()];

    exact.write(RgbImage.of(data, width, height, 1, 0, 0, 0), tensor);

    for (float value : tensor) {
      // As in PyTorch, weights may sum up to a bit less than 1, and the cut makes it a level.
      assertThat(value).isBetween((level - 1) / 255f - 1e-6f, level / 255f + 1e-6f);
    }
  }

  @Property(tries = 200)
  void readsATurnedImageAsItsUprightCopy(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 8) int orientation)
      throws Exception {
    Preprocessing exact = new Preprocessing(12, 12, ResizeRule.exactly(16, 14), null, null);
    RgbImage turned = image(width, height).oriented(orientation);
    float[] fromView = new float[exact.length()];
    float[] fromCopy = new float[exact.length()];

    exact.write(turned, fromView);
    exact.write(RgbConversion.of(Pictures.drawn(turned)), fromCopy);

    assertThat(fromView).isEqualTo(fromCopy);
  }

  @Test
  void refusesAnImageThatIsNarrowerThanTheCropSayingAllSizes() {
    Preprocessing narrow = new Preprocessing(224, 224, ResizeRule.none(), null, null);

    assertThatThrownBy(() -> tensor(narrow, 300, 223))
        .isInstanceOfSatisfying(
            UnreadableImageException.class, e -> assertThat(e.code()).isEqualTo("image-too-narrow"))
        .hasMessage("300 x 223 pixels become 300 x 223, which holds no crop of 224 x 224");
  }

  @Test
  void keepsTwiceTheResizedShortSide() {
    assertThat(
            new Preprocessing(224, 224, ResizeRule.exactly(256, 256), null, null).keptShortSide())
        .isEqualTo(512);
    assertThat(new Preprocessing(224, 224, ResizeRule.shortSideTo(300), null, null).keptShortSide())
        .isEqualTo(600);
    assertThat(new Preprocessing(224, 224, ResizeRule.none(), null, null).keptShortSide())
        .isGreaterThan(1 << 30); // nothing is thinned out that would not be resized
  }

  @Property(tries = 500)
  void shortSideKeepsProportionsRoundedDown(
      @ForAll @IntRange(min = 1, max = 70_000) int width,
      @ForAll @IntRange(min = 1, max = 70_000) int height,
      @ForAll @IntRange(min = 1, max = 512) int side) {
    int[] size = ResizeRule.shortSideTo(side).apply(width, height);

    assertThat(Math.min(size[0], size[1])).isEqualTo(side);
    long longer = Math.max(width, height) * (long) side / Math.min(width, height);
    assertThat(Math.max(size[0], size[1])).isEqualTo((int) longer);
    assertThat(size[0] >= size[1]).isEqualTo(width >= height || size[0] == size[1]);
  }

  private static float[] tensor(Preprocessing preprocessing, int width, int height)
      throws Exception {
    float[] tensor = new float[preprocessing.length()];
    preprocessing.write(image(width, height), tensor);
    return tensor;
  }

  private static RgbImage image(int width, int height) {
    byte[] data = new byte[width * height * 3];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) value(i / 3 % width, i / 3 / width, i % 3);
    }
    return RgbImage.of(data, width, height, 3, 0, 1, 2);
  }

  private static int value(int x, int y, int c) {
    return (x * 37 + y * 11 + c * 83) & 0xFF;
  }
}
