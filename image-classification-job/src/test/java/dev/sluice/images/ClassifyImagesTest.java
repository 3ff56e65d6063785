package dev.sluice.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.operator.microbatch.MicroBatch;
import dev.sluice.common.source.file.FileObject;
import dev.sluice.images.decoding.Pictures;
import dev.sluice.images.inference.ImageClassifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole micro-batching step of the topology, with a model that a test can talk to. */
class ClassifyImagesTest {
  private static final byte[] BAD = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0};
  private static final byte[] NO_IMAGE = {'<', 'h', 't', 'm', 'l', '>'};

  private int topK = 2;
  private long maxPayload = 1_000;

  @BeforeEach
  void forget() {
    FakeClassifier.BATCHES.clear();
    FakeClassifier.OPEN.clear();
  }

  @Test
  void givesEveryImageItsOwnResultInOrder() throws Exception {
    try (var harness = harness(4)) {
      send(harness, red(2), red(0), red(3), red(1));

      assertThat(results(harness)).extracting(r -> r.path).containsExactly("/0", "/1", "/2", "/3");
      assertThat(results(harness))
          .extracting(r -> r.classes[0])
          .containsExactly("c2", "c0", "c3", "c1");
      assertThat(FakeClassifier.BATCHES).containsExactly(4);
    }
  }

  @Test
  void fillsEveryFieldOfAResult() throws Exception {
    long before = System.currentTimeMillis();
    try (var harness = harness(2)) {
      byte[] image = FakeClassifier.image(3);
      harness.processElement(new StreamRecord<>(new FileObject("s3://b/ü.png", image, 77)));
      harness.endInput();

      Classification result = results(harness).get(0);
      assertThat(result.path).isEqualTo("s3://b/ü.png");
      assertThat(result.size).isEqualTo(image.length);
      assertThat(result.modificationTime).isEqualTo(77);
      assertThat(result.modelName).isEqualTo("fake");
      assertThat(result.modelVersion).isEqualTo("1");
      assertThat(result.modelSha256).hasSize(64);
      assertThat(result.classes).containsExactly("c3", "c0");
      assertThat(result.probabilities).containsExactly(0.7f, 0.1f);
      assertThat(result.batchSize).isEqualTo(1);
      assertThat(result.decodeMillis).isPositive();
      assertThat(result.inferenceMillis).isPositive();
      assertThat(result.timestamp).isGreaterThanOrEqualTo(before);
    }
  }

  @Test
  void rejectsBadImagesAloneAndKeepsThePositionsOfTheOthers() throws Exception {
    try (var harness = harness(6)) {
      send(harness, BAD, red(1), NO_IMAGE, red(2), new byte[0], red(3));

      assertThat(results(harness)).extracting(r -> r.path).containsExactly("/1", "/3", "/5");
      assertThat(results(harness)).extracting(r -> r.classes[0]).containsExactly("c1", "c2", "c3");
      assertThat(results(harness)).extracting(r -> r.batchSize).containsOnly(3);
      assertThat(letters(harness)).extracting(l -> l.source).containsExactly("/0", "/2", "/4");
      assertThat(letters(harness))
          .extracting(l -> l.errorCode)
          .containsExactly("image-corrupt", "image-format-unknown", "image-empty");
      assertThat(FakeClassifier.BATCHES).containsExactly(3);
    }
  }

  @Test
  void deadLetterNamesTheImageAndCarriesItsBytes() throws Exception {
    try (var harness = harness(1)) {
      send(harness, NO_IMAGE);

      DeadLetter letter = letters(harness).get(0);
      assertThat(letter.errorMessage).startsWith("Cannot decode image '/0': the first bytes are");
      assertThat(letter.rawData).isEqualTo(NO_IMAGE);
      assertThat(letter.sourceSize).isEqualTo(NO_IMAGE.length);
      assertThat(letter.stage).isEqualTo(Uids.CLASSIFY);
    }
  }

  @Test
  void deadLetterAboveTheLimitOnPayloadOnlyNamesTheImage() throws Exception {
    maxPayload = NO_IMAGE.length;
    byte[] longer = Arrays.copyOf(NO_IMAGE, NO_IMAGE.length + 1);
    try (var harness = harness(2)) {
      send(harness, NO_IMAGE, longer);

      assertThat(letters(harness).get(0).rawData).isEqualTo(NO_IMAGE);
      assertThat(letters(harness).get(1).rawData).isNull();
      assertThat(letters(harness).get(1).sourceSize).isEqualTo(longer.length);
    }
  }

  @Test
  void rejectsValuesThatAreNoNumbersWhereverTheyStand() throws Exception {
    try (var harness = harness(4)) {
      send(harness, red(1), red(FakeClassifier.ALL_NAN), red(FakeClassifier.ONE_INFINITE), red(2));

      assertThat(results(harness)).extracting(r -> r.path).containsExactly("/0", "/3");
      assertThat(letters(harness)).extracting(l -> l.source).containsExactly("/1", "/2");
      assertThat(letters(harness))
          .extracting(l -> l.errorCode)
          .containsOnly("inference-not-finite");
    }
  }

  @Test
  void rejectsAnImageThatHasNoFormForTheModel() throws Exception {
    try (var harness = harness(3)) {
      send(harness, red(1), red(FakeClassifier.NO_FORM), red(2));

      assertThat(results(harness)).extracting(r -> r.classes[0]).containsExactly("c1", "c2");
      assertThat(letters(harness)).extracting(l -> l.errorCode).containsExactly("image-too-narrow");
    }
  }

  @Test
  void imageOnWhichTheModelFailsIsFoundAndTheOthersAreClassified() throws Exception {
    try (var harness = harness(5)) {
      send(harness, red(1), BAD, red(FakeClassifier.FAILS), red(2), red(3));

      assertThat(results(harness)).extracting(r -> r.classes[0]).containsExactly("c1", "c2", "c3");
      assertThat(letters(harness)).extracting(l -> l.source).containsExactly("/1", "/2");
      assertThat(letters(harness))
          .extracting(l -> l.errorCode)
          .containsExactly("image-corrupt", "batch-element-failed");
    }
  }

  @Test
  void asksTheModelNothingWhenNoImageIsLeft() throws Exception {
    try (var harness = harness(2)) {
      send(harness, BAD, NO_IMAGE);

      assertThat(letters(harness)).hasSize(2);
      assertThat(FakeClassifier.BATCHES).isEmpty();
    }
  }

  @Test
  void namesAllClassesWhenMoreAreAskedFor() throws Exception {
    topK = 1_000;
    try (var harness = harness(1)) {
      send(harness, red(2));

      assertThat(results(harness).get(0).classes).containsExactly("c2", "c0", "c1", "c3");
    }
  }

  @Test
  void rejectsImagesAboveThePixelLimit() throws Exception {
    try (var harness = harness(1)) {
      send(harness, Pictures.encode(Pictures.smooth(11, 10), "png"));

      assertThat(letters(harness).get(0).errorCode).isEqualTo("image-too-many-pixels");
    }
  }

  @Test
  void closesWhatItOpenedAlsoWhenTheModelCannotBeOpened() throws Exception {
    var harness = harness(1);
    assertThat(FakeClassifier.OPEN).hasSize(1);

    harness.close();

    assertThat(FakeClassifier.OPEN).isEmpty();
    ImageClassifier.Factory failing =
        maxBatch -> {
          throw new IllegalArgumentException("no model");
        };
    assertThatThrownBy(() -> harness(1, failing).close()).hasMessageContaining("no model");
  }

  private OneInputStreamOperatorTestHarness<FileObject, Classification> harness(int batchSize)
      throws Exception {
    return harness(batchSize, FakeClassifier::new);
  }

  private OneInputStreamOperatorTestHarness<FileObject, Classification> harness(
      int batchSize, ImageClassifier.Factory factory) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    TypeInformation<FileObject> type = TypeInformation.of(FileObject.class);
    DataStream<FileObject> images = env.fromData(type, new FileObject());
    Inference inference =
        new Inference(batchSize, 1 << 20, Duration.ofHours(1), 100, topK, maxPayload);
    var step =
        (OneInputTransformation<?, ?>)
            ImageClassificationTopology.build(images, factory, inference).getTransformation();
    @SuppressWarnings("unchecked") // the step that was just built
    var operator =
        ((SimpleOperatorFactory<Classification>) step.getOperatorFactory()).getOperator();
    @SuppressWarnings("unchecked")
    var classify = (OneInputStreamOperator<FileObject, Classification>) operator;
    var harness =
        new OneInputStreamOperatorTestHarness<FileObject, Classification>(
            classify, type.createSerializer(env.getConfig().getSerializerConfig()));
    harness.setup(
        TypeInformation.of(Classification.class)
            .createSerializer(env.getConfig().getSerializerConfig()));
    harness.open();
    return harness;
  }

  private static void send(
      OneInputStreamOperatorTestHarness<FileObject, Classification> harness, byte[]... images)
      throws Exception {
    for (int i = 0; i < images.length; i++) {
      harness.processElement(new StreamRecord<>(new FileObject("/" + i, images[i], 0)));
    }
    harness.endInput();
  }

  private static byte[] red(int red) throws Exception {
    return FakeClassifier.image(red);
  }

  private static List<Classification> results(
      OneInputStreamOperatorTestHarness<FileObject, Classification> harness) {
    return harness.extractOutputValues();
  }

  private static List<DeadLetter> letters(
      OneInputStreamOperatorTestHarness<FileObject, Classification> harness) {
    var letters = harness.getSideOutput(MicroBatch.REJECTED);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }
}
