package dev.sluice.images.inference;

import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.translator.ImageClassificationTranslator;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.translate.TranslatorContext;
import dev.sluice.images.decoding.Pictures;
import dev.sluice.images.decoding.RgbImage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** DJL's own translator: the oracle of what a model sees and says. */
final class DjlTranslator {
  private DjlTranslator() {}

  /** What DJL's translator makes of an image by these keys: channels x height x width floats. */
  static float[] tensor(Map<String, String> keys, RgbImage image) throws Exception {
    Map<String, Object> arguments = new HashMap<>(keys);
    arguments.put("synset", "a,b"); // the translator wants classes, whatever they are
    ImageClassificationTranslator translator =
        ImageClassificationTranslator.builder(arguments).build();
    try (NDManager arrays = NDManager.newBaseManager("PyTorch");
        Context context = new Context(arrays)) {
      Image input = ImageFactory.getInstance().fromImage(Pictures.drawn(image));
      NDList tensors = translator.processInput(context, input);
      return tensors.singletonOrThrow().toFloatArray();
    }
  }

  /** The translator that DJL builds from a model's folder, serving.properties and all. */
  static ai.djl.repository.zoo.Criteria<Image, ai.djl.modality.Classifications> criteria(
      Path folder) {
    return ai.djl.repository.zoo.Criteria.builder()
        .setTypes(Image.class, ai.djl.modality.Classifications.class)
        .optEngine("PyTorch")
        .optModelPath(folder)
        .build();
  }

  /** Classes in the order of the model, for a synset. */
  static Path model(String name) {
    return Pictures.sampleData().resolve("models").resolve(name);
  }

  static List<String> classes(Path folder) throws Exception {
    return java.nio.file.Files.readAllLines(folder.resolve("synset.txt"));
  }

  /** All that the translator asks for is a manager of arrays, and a place for notes. */
  private static final class Context implements TranslatorContext {
    private final NDManager arrays;
    private final Map<String, Object> attachments = new HashMap<>();

    Context(NDManager arrays) {
      this.arrays = arrays;
    }

    @Override
    public NDManager getNDManager() {
      return arrays;
    }

    @Override
    public NDManager getPredictorManager() {
      return arrays;
    }

    @Override
    public Model getModel() {
      throw new UnsupportedOperationException("no model");
    }

    @Override
    public Block getBlock() {
      throw new UnsupportedOperationException("no model");
    }

    @Override
    public Metrics getMetrics() {
      throw new UnsupportedOperationException("no metrics");
    }

    @Override
    public Object getAttachment(String key) {
      return attachments.get(key);
    }

    @Override
    public void setAttachment(String key, Object value) {
      attachments.put(key, value);
    }

    @Override
    public void close() {}
  }
}
