package dev.sluice.images.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.repository.zoo.ZooModel;
import dev.sluice.images.decoding.Pictures;
import dev.sluice.images.decoding.RgbImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DjlImageClassifierTest {
  private static final List<RgbImage> IMAGES = new ArrayList<>();

  @TempDir Path temp;

  @BeforeAll
  static void decodeSamples() throws Exception {
    Torch.start();
    Path images = Pictures.sampleData().resolve("images");
    try (Stream<Path> files = Files.walk(images)) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(f -> !f.toString().contains("broken"))
              .toList()) {
        IMAGES.add(Pictures.decode(Files.readAllBytes(file)));
      }
    }
  }

  @Test
  void saysWhatDjlsOwnTranslatorSays() throws Exception {
    float[][] ours = classify(16, IMAGES.subList(0, 24));
    try (ZooModel<Image, Classifications> model =
            DjlTranslator.criteria(ModelFolder.SAMPLE).loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      List<String> classes = DjlTranslator.classes(ModelFolder.SAMPLE);
      for (int i = 0; i < ours.length; i++) {
        Image image = ImageFactory.getInstance().fromImage(Pictures.drawn(IMAGES.get(i)));

        Classifications theirs = predictor.predict(image);

        assertThat(classes.get(Probabilities.top(ours[i], 1)[0]))
            .isEqualTo(theirs.best().getClassName());
        for (int c = 0; c < classes.size(); c++) {
          assertThat((double) ours[i][c])
              .as("image %s, %s", i, classes.get(c))
              .isCloseTo(theirs.get(classes.get(c)).getProbability(), within(1e-4));
        }
      }
    }
  }

  @Test
  void saysTheSameInBatchesOfAnySize() throws Exception {
    List<RgbImage> images = IMAGES.subList(0, 64);
    float[][] one = classify(1, images);
    for (int batch : new int[] {2, 3, 7, 16, 33, 64}) {
      float[][] many = classify(batch, images);

      for (int i = 0; i < one.length; i++) {
        assertThat(Probabilities.top(many[i], 1)).isEqualTo(Probabilities.top(one[i], 1));
        for (int c = 0; c < one[i].length; c++) {
          assertThat(many[i][c]).as("batch of %s", batch).isCloseTo(one[i][c], within(1e-4f));
        }
      }
    }
  }

  @Test
  void imagesOfAnEarlierBatchLeaveNoTrace() throws Exception {
    try (ImageClassifier classifier = Torch.open(ModelFolder.SAMPLE, 4)) {
      float[][] fresh = classify(1, IMAGES.subList(0, 1));
      for (int i = 0; i < 4; i++) {
        classifier.put(i, IMAGES.get(40 + i));
      }
      classifier.classify(4);

      classifier.put(0, IMAGES.get(0));

      assertThat(classifier.classify(1)).hasDimensions(1, 10);
      assertThat(classifier.classify(1)[0]).containsExactly(fresh[0], within(1e-5f));
    }
  }

  @Test
  void namesItsModel() throws Exception {
    try (ImageClassifier classifier = Torch.open(ModelFolder.SAMPLE, 1)) {
      assertThat(classifier.model().name).isEqualTo("resnet18-shapes");
      assertThat(classifier.model().sha256).isEqualTo(ModelHash.of(ModelFolder.SAMPLE));
      assertThat(classifier.model().classes).isEqualTo(DjlTranslator.classes(ModelFolder.SAMPLE));
    }
  }

  @Test
  void namesTheClassesOfAModelWithoutLoadingIt() throws Exception {
    assertThat(DjlImageClassifier.classesOf(Torch.source(ModelFolder.SAMPLE)))
        .isEqualTo(DjlTranslator.classes(ModelFolder.SAMPLE));
    assertThat(SharedModel.openModels()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "synset.txt | a,b,c | has 10 outputs, but its class list has 3 lines",
        "resnet18-shapes.pt | no torch | Cannot load",
        "serving.properties | resize=true,applySoftmax=false | set applySoftmax=true",
      })
  void refusesModelsThatCannotServeSayingWhy(String file, String lines, String why)
      throws Exception {
    ModelFolder folder = ModelFolder.copy(temp.resolve("m")).write(file, lines.replace(',', '\n'));

    assertThatThrownBy(() -> Torch.open(folder.path, 1))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(why);
    assertThat(SharedModel.openModels()).isZero();
  }

  @Test
  void refusesWeightsThatAreCut() throws Exception {
    ModelFolder folder = ModelFolder.copy(temp.resolve("m"));
    byte[] weights = folder.read(ModelFolder.WEIGHTS);
    folder.write(ModelFolder.WEIGHTS, Arrays.copyOf(weights, weights.length / 2));

    assertThatThrownBy(() -> Torch.open(folder.path, 1))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("as TorchScript");
  }

  @Test
  void refusesABatchThatNoBufferHolds() throws Exception {
    ModelFolder folder =
        ModelFolder.copy(temp.resolve("m"))
            .write("serving.properties", "resize=true\nwidth=4096\nheight=4096\n");

    assertThatThrownBy(() -> Torch.open(folder.path, 256))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("lower the batch size");
    assertThat(SharedModel.openModels()).isZero();
  }

  @Test
  void equalSourcesShareOneModelUntilTheLastIsClosed() throws Exception {
    ModelSource source = Torch.source(ModelFolder.SAMPLE);
    ModelSource equal = Torch.source(ModelFolder.SAMPLE);
    SharedModel first = SharedModel.acquire(source, Path.of(Torch.CACHE));
    SharedModel second = SharedModel.acquire(equal, Path.of(Torch.CACHE));
    SharedModel other =
        SharedModel.acquire(
            Torch.source(ModelFolder.SAMPLE, first.files.sha256), Path.of(Torch.CACHE));

    assertThat(second).isSameAs(first);
    assertThat(other).isNotSameAs(first);
    first.close();
    assertThat(second.model.getNDManager().isOpen()).isTrue();
    second.close();
    assertThat(second.model.getNDManager().isOpen()).isFalse();
    other.close();

    try (ImageClassifier again = Torch.open(ModelFolder.SAMPLE, 1)) {
      again.put(0, IMAGES.get(0));
      assertThat(again.classify(1)[0]).hasSize(10);
    }
    assertThat(SharedModel.openModels()).isZero();
  }

  @Test
  void threadsWithAClassifierEachDoNotDisturbEachOther() throws Exception {
    float[][] alone = classify(4, IMAGES.subList(0, 16));
    int threads = 3;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<float[][]>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(
            pool.submit(
                () -> {
                  start.await(30, TimeUnit.SECONDS);
                  return classify(4, IMAGES.subList(0, 16));
                }));
      }
      for (Future<float[][]> result : results) {
        float[][] together = result.get(120, TimeUnit.SECONDS);
        for (int i = 0; i < alone.length; i++) {
          assertThat(together[i]).containsExactly(alone[i], within(1e-5f));
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static float[][] classify(int batch, List<RgbImage> images) throws Exception {
    float[][] rows = new float[images.size()][];
    try (ImageClassifier classifier = Torch.open(ModelFolder.SAMPLE, batch)) {
      for (int from = 0; from < images.size(); from += batch) {
        int count = Math.min(batch, images.size() - from);
        for (int i = 0; i < count; i++) {
          classifier.put(i, images.get(from + i));
        }
        System.arraycopy(classifier.classify(count), 0, rows, from, count);
      }
    }
    return rows;
  }
}
