package dev.sluice.images.inference;

import java.io.IOException;
import java.nio.file.Path;

/** Where tests keep PyTorch's native libraries: the job's own place, so they are unpacked once. */
final class Torch {
  static final String CACHE =
      Path.of(System.getProperty("java.io.tmpdir"), "sluice-djl-" + System.getProperty("user.name"))
          .toString();

  private Torch() {}

  static void start() throws IOException {
    TorchRuntime.start(Path.of(CACHE));
  }

  static ModelSource source(Path folderOrArchive) {
    return new ModelSource(folderOrArchive.toUri().toString(), null, null, null);
  }

  static ModelSource source(Path folderOrArchive, String sha256) {
    return new ModelSource(folderOrArchive.toUri().toString(), null, null, sha256);
  }

  static ImageClassifier open(Path folderOrArchive, int maxBatch) throws Exception {
    return DjlImageClassifier.factory(source(folderOrArchive), CACHE).open(maxBatch);
  }
}
