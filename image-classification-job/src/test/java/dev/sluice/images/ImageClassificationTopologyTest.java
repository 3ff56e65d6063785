package dev.sluice.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.operator.microbatch.MicroBatch;
import dev.sluice.common.source.file.FileObject;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ImageClassificationTopologyTest {
  @Test
  void classifiesABatchInItsOrder() throws Exception {
    try (var harness = harness(3, 3, 1_000)) {
      send(harness, picture("1", Color.GREEN), picture("2", Color.RED), picture("3", Color.BLUE));

      assertThat(harness.extractOutputValues())
          .extracting(
              result -> result.path, result -> result.classes[0], result -> result.batchSize)
          .containsExactly(tuple("1", "green", 3), tuple("2", "red", 3), tuple("3", "blue", 3));
    }
  }

  @Test
  void givesGoodPicturesTheirOwnResultsWhenOneBetweenThemIsBroken() throws Exception {
    try (var harness = harness(4, 1, 1_000)) {
      send(
          harness,
          picture("1", Color.GREEN),
          new FileObject("2", new byte[] {1, 2, 3}, 7L),
          picture("3", Color.BLUE),
          picture("4", Color.BLACK));

      assertThat(harness.extractOutputValues())
          .extracting(result -> result.path + " " + result.classes[0] + " " + result.batchSize)
          .containsExactly("1 green 3", "3 blue 3");
      assertThat(letters(harness))
          .extracting(letter -> letter.source + " " + letter.errorCode + " " + letter.stage)
          .containsExactly(
              "2 image-format-unknown classify-images", "4 inference-not-finite classify-images");
    }
  }

  @Test
  void carriesTheBytesOfARejectedPictureUpToTheLimitOnly() throws Exception {
    try (var harness = harness(1, 1, 3)) {
      send(harness, new FileObject("a", new byte[] {1, 2, 3}, 7L));
      send(harness, new FileObject("b", new byte[] {1, 2, 3, 4}, 7L));

      assertThat(letters(harness).get(0).rawData).containsExactly(1, 2, 3);
      assertThat(letters(harness).get(1).rawData).isNull();
      assertThat(letters(harness).get(1).sourceSize).isEqualTo(4);
    }
  }

  @Test
  void givesAllClassesWhenMoreAreAskedForThanThereAre() throws Exception {
    try (var harness = harness(1, 10, 1_000)) {
      send(harness, picture("1", new Color(30, 20, 10)));

      Classification result = harness.extractOutputValues().get(0);
      assertThat(result.classes).containsExactly("red", "green", "blue");
      assertThat(result.probabilities).containsExactly(30 / 60f, 20 / 60f, 10 / 60f);
      assertThat(result.modelName + result.modelVersion + result.modelSha256)
          .isEqualTo("colours1cafe");
    }
  }

  private static OneInputStreamOperatorTestHarness<FileObject, Classification> harness(
      int batchSize, int topK, long maxPayload) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    DataStream<FileObject> images = env.fromData(new FileObject("", new byte[0], 0L));
    SingleOutputStreamOperator<Classification> results =
        ImageClassificationTopology.build(
            images,
            FakeClassifier::new,
            new Inference(
                batchSize, Long.MAX_VALUE, Duration.ofHours(1), 1_000_000, topK, maxPayload));
    @SuppressWarnings("unchecked") // as MicroBatch adds it
    var step = (OneInputTransformation<FileObject, Classification>) results.getTransformation();
    var operator =
        ((SimpleOperatorFactory<Classification>) step.getOperatorFactory()).getOperator();
    @SuppressWarnings("unchecked") // as the topology has built it
    var oneInput = (OneInputStreamOperator<FileObject, Classification>) operator;
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            oneInput,
            TypeInformation.of(FileObject.class)
                .createSerializer(env.getConfig().getSerializerConfig()));
    harness.open();
    return harness;
  }

  private static void send(
      OneInputStreamOperatorTestHarness<FileObject, Classification> harness, FileObject... images)
      throws Exception {
    for (FileObject image : images) {
      harness.processElement(new StreamRecord<>(image));
    }
  }

  private static List<DeadLetter> letters(
      OneInputStreamOperatorTestHarness<FileObject, Classification> harness) {
    return harness.getSideOutput(MicroBatch.REJECTED).stream().map(StreamRecord::getValue).toList();
  }

  private static FileObject picture(String path, Color colour) throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 4; i++) {
      image.setRGB(i % 2, i / 2, colour.getRGB());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return new FileObject(path, bytes.toByteArray(), 7L);
  }
}
