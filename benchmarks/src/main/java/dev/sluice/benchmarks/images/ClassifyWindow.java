package dev.sluice.benchmarks.images;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Classifies the images of a window with DJL's predictor and translator: name and probability. */
final class ClassifyWindow extends ProcessWindowFunction<DecodedImage, String, String, TimeWindow> {
  private static final long serialVersionUID = 1L;
  private static final AtomicLong WINDOWS = new AtomicLong();

  @SuppressWarnings("NonFinalStaticField") // one model per process, as in the post
  private static @Nullable ZooModel<Image, Classifications> model;

  private final String folder;
  private transient @Nullable Predictor<Image, Classifications> predictor;

  ClassifyWindow(String folder) {
    this.folder = folder;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    synchronized (ClassifyWindow.class) {
      if (model == null) {
        model =
            Criteria.builder()
                .setTypes(Image.class, Classifications.class)
                .optModelPath(Path.of(folder))
                .optEngine("PyTorch")
                .build()
                .loadModel();
      }
      predictor = model.newPredictor();
    }
  }

  @Override
  public void process(
      String id, Context context, Iterable<DecodedImage> images, Collector<String> out)
      throws Exception {
    List<Image> batch = new ArrayList<>();
    images.forEach(image -> batch.add(image.image()));
    for (Classifications result : Objects.requireNonNull(predictor).batchPredict(batch)) {
      Classifications.Classification best = result.best();
      out.collect(best.getClassName() + ": " + best.getProbability());
    }
    WINDOWS.incrementAndGet();
  }

  @Override
  public void close() {
    if (predictor != null) {
      predictor.close();
    }
  }

  /** Closes the model after the run. */
  static void closeModel() {
    synchronized (ClassifyWindow.class) {
      if (model != null) {
        model.close();
        model = null;
      }
    }
  }

  /** Windows of this process so far. */
  static long windows() {
    return WINDOWS.get();
  }
}
