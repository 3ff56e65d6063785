package dev.sluice.benchmarks.images;

import dev.sluice.benchmarks.measure.Contestant;
import dev.sluice.images.decoding.ImageDecoder;
import dev.sluice.images.decoding.ImageLimits;
import dev.sluice.images.inference.DjlImageClassifier;
import dev.sluice.images.inference.ImageClassifier;
import dev.sluice.images.inference.ModelSource;
import dev.sluice.images.inference.Probabilities;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The limit: read, decode, prepare, forward, best five classes, in plain threads, with the job's
 * own decoder and classifier. No Flink, no checkpoint, and nothing is written.
 */
final class BareLoop implements Contestant {
  private static final long MAX_PIXELS = 100_000_000L;
  private static final int TOP_K = 5;

  private final ImageClassifier.Factory factory;
  private final int batchSize;
  private final int threads;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong batches = new AtomicLong();

  /**
   * @param threads each with a predictor of its own
   */
  BareLoop(Path model, Path cache, int batchSize, int threads) {
    this.factory =
        DjlImageClassifier.factory(
            new ModelSource(model.toUri().toString(), null, null, null), cache.toString());
    this.batchSize = batchSize;
    this.threads = threads;
  }

  @Override
  public void run(Path input, Path output, Path checkpoints) throws Exception {
    List<Path> images;
    try (Stream<Path> files = Files.list(input)) {
      images = files.sorted().toList();
    }
    AtomicInteger next = new AtomicInteger();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(
            workers.submit(
                () -> {
                  loop(images, next);
                  return null;
                }));
      }
      for (Future<?> worker : running) {
        worker.get();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  @Override
  public long done() {
    return done.get();
  }

  @Override
  public Work work(Path output) {
    return new Work(done.get(), batches.get());
  }

  private void loop(List<Path> images, AtomicInteger next) throws Exception {
    try (ImageClassifier classifier = factory.open(batchSize);
        ImageDecoder decoder =
            new ImageDecoder(
                new ImageLimits(MAX_PIXELS, classifier.preprocessing().keptShortSide()))) {
      while (true) {
        int count = 0;
        int i = next.getAndIncrement();
        while (i < images.size()) {
          classifier.put(count++, decoder.decode(Files.readAllBytes(images.get(i))));
          if (count == batchSize) {
            break;
          }
          i = next.getAndIncrement();
        }
        if (count == 0) {
          return;
        }
        batches.incrementAndGet();
        for (float[] probabilities : classifier.classify(count)) {
          done.addAndGet(Probabilities.top(probabilities, TOP_K).length == TOP_K ? 1 : 0);
        }
      }
    }
  }
}
