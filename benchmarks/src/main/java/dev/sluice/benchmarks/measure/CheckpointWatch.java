package dev.sluice.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks how large Flink's checkpoints are while they are there: a job that ends deletes its own.
 *
 * <p>The files of a checkpoint are those of its folder {@code chk-…}, unfinished ones included.
 */
final class CheckpointWatch implements AutoCloseable {
  private static final long PERIOD_MILLIS = 1_000;

  private final Path folder;
  private final AtomicLong largest = new AtomicLong();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "checkpoint-watch");
            thread.setDaemon(true);
            return thread;
          });

  CheckpointWatch(Path folder) {
    this.folder = folder;
    var unused = timer.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  long largestBytes() {
    return largest.get();
  }

  private void look() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Map<Path, Long> sizes = new HashMap<>();
    try {
      Files.walkFileTree(folder, new SumPerCheckpoint(sizes));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look into '" + folder + "'", e);
    }
    sizes.values().forEach(size -> largest.accumulateAndGet(size, Math::max));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private static final class SumPerCheckpoint extends SimpleFileVisitor<Path> {
    private final Map<Path, Long> sizes;

    SumPerCheckpoint(Map<Path, Long> sizes) {
      this.sizes = sizes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      Path checkpoint = file.getParent();
      if (checkpoint != null && checkpoint.getFileName().toString().startsWith("chk-")) {
        sizes.merge(checkpoint, attributes.size(), Long::sum);
      }
      return FileVisitResult.CONTINUE;
    }

    /** Deleted between the listing and the look. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }
}
