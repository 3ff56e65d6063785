package dev.sluice.images;

import dev.sluice.common.operator.microbatch.Batch;
import dev.sluice.common.operator.microbatch.BatchFunction;
import dev.sluice.common.source.file.FileObject;
import dev.sluice.images.decoding.ImageDecoder;
import dev.sluice.images.decoding.ImageLimits;
import dev.sluice.images.decoding.UnreadableImageException;
import dev.sluice.images.inference.ImageClassifier;
import dev.sluice.images.inference.ModelCard;
import dev.sluice.images.inference.Probabilities;
import java.util.Objects;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the images of a batch one by one, then classifies them in one forward pass.
 *
 * <p>An image that cannot be decoded is rejected alone and before the pass, with the codes of
 * {@link ImageDecoder#decode}; values that are no numbers are rejected as {@code
 * inference-not-finite}.
 */
final class ClassifyImages implements BatchFunction<FileObject, Classification> {
  private static final long serialVersionUID = 1L;

  private final ImageClassifier.Factory factory;
  private final int maxBatch;
  private final long maxPixels;
  private final int topK;

  private transient @Nullable ImageClassifier classifier;
  private transient @Nullable ImageDecoder decoder;
  private transient Timing timing;

  /**
   * @param maxPixels width times height above which an image is rejected undecoded
   * @param topK classes per result
   */
  ClassifyImages(ImageClassifier.Factory factory, int maxBatch, long maxPixels, int topK) {
    this.factory = factory;
    this.maxBatch = maxBatch;
    this.maxPixels = maxPixels;
    this.topK = topK;
  }

  @Override
  public void open(RuntimeContext context) throws Exception {
    timing = new Timing(context);
    classifier = factory.open(maxBatch);
    decoder =
        new ImageDecoder(new ImageLimits(maxPixels, classifier.preprocessing().keptShortSide()));
  }

  @Override
  public void apply(Batch<FileObject, Classification> batch) throws Exception {
    int[] positions = new int[batch.size()];
    double[] decodeMillis = new double[batch.size()];
    int decoded = 0;
    for (int i = 0; i < batch.size(); i++) {
      long start = System.nanoTime();
      if (decode(batch, i, decoded)) {
        decodeMillis[decoded] = millisSince(start);
        positions[decoded++] = i;
      }
    }
    if (decoded == 0) {
      return;
    }
    long start = System.nanoTime();
    float[][] probabilities = classifier().classify(decoded);
    double inferenceMillis = millisSince(start);
    timing.update(decodeMillis, decoded, inferenceMillis);
    for (int i = 0; i < decoded; i++) {
      FileObject image = batch.get(positions[i]);
      if (!areFinite(probabilities[i])) {
        batch.reject(
            positions[i],
            "inference-not-finite",
            "Cannot classify image '" + image.path + "': the model's values are no numbers");
        continue;
      }
      Classification result = result(image, probabilities[i]);
      result.decodeMillis = decodeMillis[i];
      result.inferenceMillis = inferenceMillis / decoded;
      result.batchSize = decoded;
      batch.accept(positions[i], result);
    }
  }

  private static boolean areFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private boolean decode(Batch<FileObject, Classification> batch, int from, int to) {
    FileObject image = batch.get(from);
    try {
      classifier().put(to, decoder().decode(image.bytes));
      return true;
    } catch (UnreadableImageException e) {
      batch.reject(from, e.code(), "Cannot decode image '" + image.path + "': " + e.getMessage());
      return false;
    }
  }

  private Classification result(FileObject image, float[] probabilities) {
    ModelCard model = classifier().model();
    int[] top = Probabilities.top(probabilities, topK);
    Classification result = new Classification();
    result.path = image.path;
    result.size = image.size;
    result.modificationTime = image.modificationTime;
    result.modelName = model.name;
    result.modelVersion = model.version;
    result.modelSha256 = model.sha256;
    result.classes = new String[top.length];
    result.probabilities = new float[top.length];
    for (int i = 0; i < top.length; i++) {
      result.classes[i] = model.classes.get(top[i]);
      result.probabilities[i] = probabilities[top[i]];
    }
    result.timestamp = System.currentTimeMillis();
    return result;
  }

  private ImageClassifier classifier() {
    return Objects.requireNonNull(classifier, "open() was not called");
  }

  private ImageDecoder decoder() {
    return Objects.requireNonNull(decoder, "open() was not called");
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  @Override
  public void close() throws Exception {
    try (ImageClassifier last = classifier) {
      if (decoder != null) {
        decoder.close();
      }
    }
  }

  /**
   * Histograms {@code decodeMillis} and {@code inferenceMillis}, per image, and {@code
   * imagesPerPass}: what was decoded, unlike {@code batchSize}, which counts what was tried.
   */
  private static final class Timing {
    private static final int SAMPLES = 1_000;
    private final DescriptiveStatisticsHistogram decode;
    private final DescriptiveStatisticsHistogram inference;
    private final DescriptiveStatisticsHistogram perPass;

    Timing(RuntimeContext context) {
      decode = new DescriptiveStatisticsHistogram(SAMPLES);
      inference = new DescriptiveStatisticsHistogram(SAMPLES);
      perPass = new DescriptiveStatisticsHistogram(SAMPLES);
      context.getMetricGroup().histogram("imagesPerPass", perPass);
      context.getMetricGroup().histogram("decodeMillis", decode);
      context.getMetricGroup().histogram("inferenceMillis", inference);
    }

    void update(double[] decodeMillis, int images, double inferenceMillis) {
      perPass.update(images);
      for (int i = 0; i < images; i++) {
        decode.update(Math.round(decodeMillis[i]));
      }
      inference.update(Math.round(inferenceMillis / images));
    }
  }
}
