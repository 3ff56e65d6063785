package dev.sluice.images.inference;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.sluice.images.decoding.Preprocessing;
import dev.sluice.images.decoding.RgbImage;
import dev.sluice.images.decoding.UnreadableImageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Paths;
import java.util.List;

/**
 * A TorchScript model on DJL's PyTorch engine.
 *
 * <p>The model is shared by all classifiers of the process, the predictor is this one's own. Images
 * are prepared in Java, straight into one direct buffer that PyTorch reads in place, so a batch
 * allocates nothing that grows with the number of images. Memory: {@code maxBatch} x 3 x height x
 * width x 4 bytes direct (9.6 MB for 16 images of 224 x 224), and the model once.
 */
public final class DjlImageClassifier implements ImageClassifier {
  private final SharedModel shared;
  private final Predictor<NDList, NDList> predictor;
  private final NDManager arrays;
  private final ModelCard card;
  private final Preprocessing preprocessing;
  private final boolean softmax;
  private final float[] tensor;
  private final ByteBuffer batch;
  private final FloatBuffer batchFloats;

  private DjlImageClassifier(SharedModel shared, int maxBatch) throws IOException {
    ModelFiles files = shared.files;
    this.shared = shared;
    this.card = new ModelCard(files.name, files.version, files.sha256, files.classes);
    this.preprocessing = files.properties.preprocessing();
    this.softmax = files.properties.applySoftmax();
    this.tensor = new float[preprocessing.length()];
    this.batch = ByteBuffer.allocateDirect(bytes(maxBatch)).order(ByteOrder.nativeOrder());
    this.batchFloats = batch.asFloatBuffer();
    this.predictor = shared.model.newPredictor(new NoopTranslator());
    this.arrays = shared.model.getNDManager().newSubManager();
  }

  private int bytes(int maxBatch) throws InvalidModelException {
    long bytes = (long) maxBatch * preprocessing.length() * Float.BYTES;
    if (bytes > Integer.MAX_VALUE) {
      throw new InvalidModelException(
          String.format(
              "A batch of %d images of %d x %d takes %d bytes, above 2 GiB; lower the batch size",
              maxBatch, preprocessing.width, preprocessing.height, bytes));
    }
    return (int) bytes;
  }

  /** Opens classifiers of one model; {@code cache} is a local folder for native libraries. */
  public static Factory factory(ModelSource source, String cache) {
    return maxBatch -> open(source, cache, maxBatch);
  }

  /**
   * The classes of a model, in the order of its outputs, without loading it.
   *
   * @throws IOException if its files cannot be fetched any more
   */
  public static List<String> classesOf(ModelSource source) throws IOException {
    return SharedModel.filesOf(source).classes;
  }

  private static ImageClassifier open(ModelSource source, String cache, int maxBatch)
      throws Exception {
    SharedModel shared = SharedModel.acquire(source, Paths.get(cache));
    DjlImageClassifier classifier;
    try {
      classifier = new DjlImageClassifier(shared, maxBatch);
    } catch (Throwable e) {
      shared.close(); // also when there is no direct memory left
      throw e;
    }
    try {
      classifier.checkOutput(source);
    } catch (Throwable e) {
      classifier.close();
      throw e;
    }
    return classifier;
  }

  /** One pass over a blank image: a wrong model shows before the first image, and it is warm. */
  private void checkOutput(ModelSource source) throws Exception {
    float[] probabilities;
    try {
      probabilities = classify(1)[0];
    } catch (TranslateException | RuntimeException e) {
      throw new InvalidModelException(
          "Model '" + source + "' cannot classify an image prepared by " + preprocessing, e);
    }
    if (probabilities.length != card.classes.size()) {
      throw new InvalidModelException(
          String.format(
              "Model '%s' has %d outputs, but its class list has %d lines",
              source, probabilities.length, card.classes.size()));
    }
    double sum = 0;
    for (float probability : probabilities) {
      sum += probability;
    }
    if (!(Math.abs(sum - 1) < 0.01)) {
      throw new InvalidModelException(
          String.format(
              "Model '%s' must give probabilities, but they sum up to %.3f;"
                  + " for logits set applySoftmax=true in serving.properties",
              source, sum));
    }
  }

  @Override
  public ModelCard model() {
    return card;
  }

  @Override
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  @Override
  public void put(int position, RgbImage image) throws UnreadableImageException {
    preprocessing.write(image, tensor);
    batchFloats.position(position * tensor.length);
    batchFloats.put(tensor);
  }

  @Override
  public float[][] classify(int count) throws Exception {
    float[] values;
    try (NDManager scope = arrays.newSubManager()) {
      values = forward(scope, count);
    }
    float[][] rows = new float[count][values.length / count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(values, i * rows[i].length, rows[i], 0, rows[i].length);
      if (softmax) {
        Probabilities.softmax(rows[i]);
      }
    }
    return rows;
  }

  private float[] forward(NDManager scope, int count) throws Exception {
    ByteBuffer images = batch.duplicate().order(ByteOrder.nativeOrder());
    images.limit(count * tensor.length * Float.BYTES);
    Shape shape = new Shape(count, 3, preprocessing.height, preprocessing.width);
    NDArray input = scope.create(images, shape, DataType.FLOAT32);
    shared.gate.enter();
    try {
      NDList output = predictor.predict(new NDList(input));
      output.attach(scope);
      return output.singletonOrThrow().toFloatArray();
    } finally {
      shared.gate.leave();
    }
  }

  @Override
  public void close() {
    try (SharedModel last = shared;
        Predictor<NDList, NDList> second = predictor) {
      arrays.close();
    }
  }
}
