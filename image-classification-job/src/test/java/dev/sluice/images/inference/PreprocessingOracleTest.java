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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same serving.properties and the same pixels give the tensors of DJL's translator.
 *
 * <p>An image that is one pixel larger than the crop is left out: DJL's CenterCrop does not cut it.
 */
class PreprocessingOracleTest {
  private static final double ROUNDING = 1e-5;

  @BeforeAll
  static void startTorch() throws Exception {
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
        "resizeShort=32,-1,BILINEAR;centerCrop=true;width=20;height=30");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givesTheTensorsOfDjl(String keys) throws Exception {
    for (int[] size : new int[][] {{500, 375}, {375, 500}, {64, 64}, {257, 240}, {17, 90}}) {
      compare(keys, noise(size[0], size[1]));
    }
    compare(keys, Pictures.decode(Pictures.sample("star/star-1.jpg")));
  }

  @Test
  void givesTheTensorsOfDjlForSamplesWithPlanesOfOneColour() throws Exception {
    for (String name : List.of("diamond/diamond-5", "crescent/crescent-4", "ring/ring-6")) {
      compare(keys().get(0), Pictures.decode(Pictures.sample(name + ".jpg")));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 1000", "1000, 1", "3, 5000", "2, 2", "5000, 3"})
  void givesTheTensorsOfDjlForOddSizes(int width, int height) throws Exception {
    RgbImage image = noise(width, height);

    compare("resize=256,256;centerCrop=true;normalize=true", image);
    compare("resize=true;width=24;height=24", image);
    compare("resizeShort=32;centerCrop=true;width=24;height=24", image);
  }

  @ParameterizedTest
  @CsvSource({"224, 224", "300, 224", "224, 226", "301, 299"})
  void givesTheTensorsOfDjlWithoutAnyResize(int width, int height) throws Exception {
    compare("centerCrop=true;normalize=true", noise(width, height));
  }

  private static void compare(String text, RgbImage image) throws Exception {
    Map<String, String> keys = new HashMap<>();
    for (String pair : text.split(";", -1)) {
      keys.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    Preprocessing preprocessing = new ServingProperties(keys).preprocessing();
    float[] ours = new float[preprocessing.length()];

    preprocessing.write(image, ours);

    float[] theirs = DjlTranslator.tensor(keys, image);
    assertThat(ours).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.length; i++) {
      assertThat((double) Math.abs(ours[i] - theirs[i]))
          .as("%s of %s x %s at %s", text, image.width, image.height, i)
          .isLessThanOrEqualTo(ROUNDING);
    }
  }

  private static RgbImage noise(int width, int height) throws Exception {
    BufferedImage image = Pictures.noise(width, height, BufferedImage.TYPE_3BYTE_BGR, width);
    return Pictures.decode(Pictures.encode(image, "bmp"));
  }
}
