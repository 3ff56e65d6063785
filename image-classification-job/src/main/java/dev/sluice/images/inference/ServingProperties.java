package dev.sluice.images.inference;

import dev.sluice.images.decoding.Preprocessing;
import dev.sluice.images.decoding.ResizeRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code serving.properties} says of a model, in the keys of DJL's {@code
 * ImageClassificationTranslator}, so that the same folder serves DJL Serving too.
 *
 * <p>Understood: {@code width}, {@code height}, {@code resize}, {@code resizeShort}, {@code
 * centerCrop}, {@code toTensor}, {@code normalize}, {@code applySoftmax}, {@code synsetFileName},
 * {@code option.modelName}. A key that is not known, such as a misspelt one, is an error: a model
 * that is fed wrongly answers, and nobody notices.
 */
final class ServingProperties {
  /** Read here, or, in the second half, of no effect on a result: DJL Serving's own. */
  private static final List<String> KNOWN =
      Arrays.asList(
          "engine",
          "translatorFactory",
          "application",
          "width",
          "height",
          "resize",
          "resizeShort",
          "centerCrop",
          "toTensor",
          "normalize",
          "applySoftmax",
          "synsetFileName",
          "topK",
          "batch_size",
          "max_batch_delay",
          "max_idle_time",
          "job_queue_size",
          "minWorkers",
          "maxWorkers",
          "load_on_devices");

  private static final String TRANSLATOR_FACTORY =
      "ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory";

  /** Larger inputs are mistakes, and would ask for gigabytes. */
  private static final int MAX_SIDE = 4_096;

  /** Of ImageNet's red, green and blue, after scaling to 0..1. */
  private static final float[] IMAGENET_MEAN = {0.485f, 0.456f, 0.406f};

  private static final float[] IMAGENET_DEVIATION = {0.229f, 0.224f, 0.225f};

  private final Map<String, String> values;

  ServingProperties(Map<String, String> values) throws InvalidModelException {
    this.values = values;
    Set<String> refused = new TreeSet<>(values.keySet());
    refused.removeIf(key -> KNOWN.contains(key) || key.startsWith("option."));
    if (!refused.isEmpty()) {
      throw new InvalidModelException(
          "Keys " + refused + " of serving.properties not supported; supported are " + KNOWN);
    }
    requireValue("engine", "PyTorch");
    requireValue("toTensor", "true");
    requireValue("translatorFactory", TRANSLATOR_FACTORY);
    preprocessing(); // so that its mistakes show before weights are loaded
    applySoftmax();
  }

  private void requireValue(String key, String expected) throws InvalidModelException {
    String value = values.getOrDefault(key, expected);
    if (!value.equalsIgnoreCase(expected)) {
      throw invalid(key, value, "must be '" + expected + "'");
    }
  }

  /** Name of the {@code .pt} file without its ending, if it is said. */
  @Nullable String modelName() {
    return values.get("option.modelName");
  }

  /** A name, not a path: it must not reach out of the model's folder. */
  String synsetFileName() throws InvalidModelException {
    String name = values.getOrDefault("synsetFileName", "synset.txt");
    if (name.contains("/") || name.contains("\\") || name.equals("..")) {
      throw invalid("synsetFileName", name, "must be the name of a file beside the model");
    }
    return name;
  }

  boolean applySoftmax() throws InvalidModelException {
    return flag("applySoftmax");
  }

  private boolean flag(String key) throws InvalidModelException {
    String value = values.getOrDefault(key, "false");
    if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
      throw invalid(key, value, "must be 'true' or 'false'");
    }
    return Boolean.parseBoolean(value);
  }

  Preprocessing preprocessing() throws InvalidModelException {
    int width = number("width", values.getOrDefault("width", "224"));
    int height = number("height", values.getOrDefault("height", "224"));
    ResizeRule resize = resize(width, height);
    String normalize = values.getOrDefault("normalize", "false");
    if (normalize.equals("false")) {
      return new Preprocessing(width, height, resize, null, null);
    }
    if (normalize.equals("true")) {
      return new Preprocessing(width, height, resize, IMAGENET_MEAN, IMAGENET_DEVIATION);
    }
    float[] six = floats(normalize);
    return new Preprocessing(
        width, height, resize, Arrays.copyOf(six, 3), Arrays.copyOfRange(six, 3, 6));
  }

  private ResizeRule resize(int width, int height) throws InvalidModelException {
    ResizeRule rule = resizeRule(width, height);
    if (!flag("centerCrop") && !rule.isExactly(width, height)) {
      throw invalid("centerCrop", "false", "must be 'true' unless resize gives the input's size");
    }
    return rule;
  }

  private ResizeRule resizeRule(int width, int height) throws InvalidModelException {
    String exact = values.getOrDefault("resize", "false");
    String shortSide = values.getOrDefault("resizeShort", "false");
    if (!exact.equals("false") && !shortSide.equals("false")) {
      throw invalid("resizeShort", shortSide, "excludes 'resize'");
    }
    if (exact.equals("true")) {
      return ResizeRule.exactly(width, height);
    }
    if (!exact.equals("false")) {
      String[] parts = bilinear("resize", exact);
      int resized = number("resize", parts[0]);
      return ResizeRule.exactly(resized, parts.length > 1 ? number("resize", parts[1]) : resized);
    }
    if (shortSide.equals("true")) {
      return ResizeRule.shortSideTo(Math.max(width, height));
    }
    if (!shortSide.equals("false")) {
      String[] parts = bilinear("resizeShort", shortSide);
      if (parts.length > 1 && !parts[1].startsWith("-")) {
        throw invalid("resizeShort", shortSide, "must set no limit on the long side");
      }
      return ResizeRule.shortSideTo(number("resizeShort", parts[0]));
    }
    return ResizeRule.none();
  }

  private static String[] bilinear(String key, String value) throws InvalidModelException {
    String[] parts = value.split("\\s*,\\s*", -1);
    if (parts.length > 3 || (parts.length == 3 && !parts[2].equals("BILINEAR"))) {
      throw invalid(key, value, "only the interpolation BILINEAR is supported");
    }
    return parts;
  }

  private static int number(String key, String value) throws InvalidModelException {
    try {
      int number = (int) Double.parseDouble(value); // DJL's zoo writes 256.0
      if (number >= 1 && number <= MAX_SIDE) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new InvalidModelException(rule(key, value, "must be a number"), e);
    }
    throw invalid(key, value, "must be between 1 and " + MAX_SIDE);
  }

  private static float[] floats(String value) throws InvalidModelException {
    String[] parts = value.split("\\s*,\\s*", -1);
    if (parts.length != 6) {
      throw invalid("normalize", value, "must be three means and three deviations");
    }
    float[] floats = new float[6];
    for (int i = 0; i < 6; i++) {
      try {
        floats[i] = Float.parseFloat(parts[i]);
        if (!Float.isFinite(floats[i]) || (i >= 3 && floats[i] <= 0)) {
          throw invalid("normalize", value, "must be finite, deviations greater than 0");
        }
      } catch (NumberFormatException e) {
        throw new InvalidModelException(rule("normalize", value, "must be six numbers"), e);
      }
    }
    return floats;
  }

  private static InvalidModelException invalid(String key, String value, String rule) {
    return new InvalidModelException(rule(key, value, rule));
  }

  private static String rule(String key, String value, String rule) {
    return "Key '" + key + "' of serving.properties " + rule + ", but was '" + value + "'";
  }
}
