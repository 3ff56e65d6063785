package dev.sluice.images.inference;

import dev.sluice.images.decoding.Pictures;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Started as a process: ends itself while a thread is in a forward pass. */
final class ExitDuringForward {
  static final int EXIT_CODE = 42;
  private static final int BATCH = 32;

  private ExitDuringForward() {}

  /** First argument: folder of the model; second: an image; third: passes before the exit. */
  public static void main(String[] args) throws Exception {
    byte[] image = java.nio.file.Files.readAllBytes(new File(args[1]).toPath());
    ImageClassifier classifier = Torch.open(Path.of(args[0]), BATCH);
    for (int i = 0; i < BATCH; i++) {
      classifier.put(i, Pictures.decode(image));
    }
    CountDownLatch passes = new CountDownLatch(Integer.parseInt(args[2]));
    Thread forward =
        new Thread(
            () -> {
              while (true) {
                passes.countDown();
                classify(classifier);
              }
            });
    forward.setDaemon(true);
    forward.start();
    passes.await();
    System.exit(EXIT_CODE);
  }

  private static void classify(ImageClassifier classifier) {
    try {
      classifier.classify(BATCH);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
