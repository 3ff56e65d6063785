package dev.sluice.images.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.images.decoding.Pictures;
import dev.sluice.images.decoding.Preprocessing;
import dev.sluice.images.decoding.RgbImage;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same serving.properties and the same pixels give the tensors of DJL's translator.
 *
 * <p>DJL resizes in floats and cuts to whole levels. So do we, but a value less than 1e-3 below a
 * level counts as that level. Such values are one level of 255 apart, and rare (0.1 % of noise, up
 * to 1 % where weights are simple fractions); all others are within 1e-5. An image that is one
 * pixel larger than the crop is left out: DJL's CenterCrop does not cut it.
 */
class PreprocessingOracleTest {
  private static final double ROUNDING = 1e-5;

  @BeforeAll
  static void startTorch() {
    Torch.start();
  }

  static List<String> keys() {
    return List.of(
        "resize=256,256,BILINEAR;centerCrop=true;normalize=0.485,0.456,0.406,0.229,0.224,0.225",
        "resize=256;centerCrop=true;normalize=true",
        "resize=256.0;centerCrop=true;width=224.0;height=224.0",
        "resize=true",
        "resize=true;width=32;height=48;normalize=true",
        "resize=40,60;width=40;height=60",
        "resizeShort=true;centerCrop=true",
        "resizeShort=256;centerCrop=true;normalize=true",
        "resizeShort=31,-1,BILINEAR;centerCrop=true;width=20;height=30");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givesTheTensorsOfDjl(String keys) throws Exception {
    for (int[] size : new int[][] {{500, 375}, {375, 500}, {64, 64}, {257, 240}, {17, 90}}) {
      compare(keys, noise(size[0], size[1]), 0.015);
    }
    compare(keys, Pictures.decode(Pictures.sample("star/star-1.jpg")), 0.015);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 1000", "1000, 1", "3, 5000", "2, 2", "5000, 3"})
  void givesTheTensorsOfDjlForOddSizes(int width, int height) throws Exception {
    RgbImage image = noise(width, height);

    compare("resize=256,256;centerCrop=true;normalize=true", image, 0.015);
    compare("resize=true;width=24;height=24", image, 0.015);
    compare("resizeShort=32;centerCrop=true;width=24;height=24", image, 0.015);
  }

  @ParameterizedTest
  @CsvSource({"224, 224", "300, 224", "224, 226", "301, 299"})
  void givesTheTensorsOfDjlWithoutAnyResize(int width, int height) throws Exception {
    compare("centerCrop=true;normalize=true", noise(width, height), 0);
  }

  private static void compare(String text, RgbImage image, double shareOfNeighbours)
      throws Exception {
    Map<String, String> keys = new HashMap<>();
    for (String pair : text.split(";", -1)) {
      keys.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    Preprocessing preprocessing = new ServingProperties(keys).preprocessing();
    float[] ours = new float[preprocessing.length()];

    preprocessing.write(image, ours);

    float[] theirs = DjlTranslator.tensor(keys, image);
    assertThat(ours).hasSameSizeAs(theirs);
    double level = keys.containsKey("normalize") ? 1 / 255.0 / 0.224 : 1 / 255.0;
    int neighbours = 0;
    for (int i = 0; i < ours.length; i++) {
      double difference = Math.abs(ours[i] - theirs[i]);
      assertThat(difference)
          .as("%s of %s x %s at %s", text, image.width, image.height, i)
          .isLessThanOrEqualTo(level + ROUNDING);
      neighbours += difference > ROUNDING ? 1 : 0;
    }
    assertThat((double) neighbours / ours.length)
        .as("share of values one level apart, %s of %s x %s", text, image.width, image.height)
        .isLessThanOrEqualTo(shareOfNeighbours);
  }

  private static RgbImage noise(int width, int height) throws Exception {
    BufferedImage image = Pictures.noise(width, height, BufferedImage.TYPE_3BYTE_BGR, width);
    return Pictures.decode(Pictures.encode(image, "bmp"));
  }
}
