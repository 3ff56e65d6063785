package dev.sluice.images;

import dev.sluice.common.operator.microbatch.BatchLimits;
import dev.sluice.common.operator.microbatch.MicroBatch;
import dev.sluice.common.source.file.FileObject;
import dev.sluice.images.inference.ImageClassifier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The dataflow of the job: a pure function from images to classifications. */
final class ImageClassificationTopology {
  private ImageClassificationTopology() {}

  /**
   * Callers take rejected images with {@code getSideOutput(MicroBatch.REJECTED)}.
   *
   * @param images with their bytes
   */
  static SingleOutputStreamOperator<Classification> build(
      DataStream<FileObject> images, ImageClassifier.Factory classifier, Inference inference) {
    BatchLimits limits =
        BatchLimits.of(inference.batchSize, inference.batchBytes, inference.batchMaxAge);
    ClassifyImages classify =
        new ClassifyImages(classifier, inference.batchSize, inference.maxPixels, inference.topK);
    long maxPayload = inference.maxPayloadBytes;
    return MicroBatch.of(classify, limits)
        .sizedBy(image -> image.bytes.length)
        .describedBy(
            (image, letter) ->
                letter
                    .from(image.path, image.size)
                    .carrying(image.size <= maxPayload ? image.bytes : null))
        .on(images, TypeInformation.of(Classification.class), Uids.CLASSIFY);
  }
}
