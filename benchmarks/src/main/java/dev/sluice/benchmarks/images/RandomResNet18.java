package dev.sluice.benchmarks.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * A model folder with the full-size ResNet-18: 11.7 million random parameters, 224 x 224 pixels,
 * 1,000 classes. {@code make_random_resnet18.py} made its weights.
 */
final class RandomResNet18 {
  private static final String WEIGHTS = "/resnet18-random.pt.gz";

  /** Read by DJL and by the job; the steps are those of the model zoo's ResNet-18. */
  private static final String PROPERTIES =
      """
      engine=PyTorch
      option.modelName=resnet18-random
      translatorFactory=ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory
      width=224
      height=224
      resize=256,256,BILINEAR
      centerCrop=true
      toTensor=true
      normalize=0.485,0.456,0.406,0.229,0.224,0.225
      applySoftmax=true
      topK=5
      synsetFileName=synset.txt
      """;

  private RandomResNet18() {}

  static Path into(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (InputStream packed =
            Objects.requireNonNull(RandomResNet18.class.getResourceAsStream(WEIGHTS), WEIGHTS);
        InputStream weights = new GZIPInputStream(packed)) {
      Files.copy(
          weights, folder.resolve("resnet18-random.pt"), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(folder.resolve("serving.properties"), PROPERTIES);
    Files.writeString(
        folder.resolve("synset.txt"),
        IntStream.range(0, 1000)
            .mapToObj(i -> "class " + i)
            .collect(Collectors.joining("\n", "", "\n")));
    return folder;
  }
}
