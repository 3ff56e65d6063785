package dev.sluice.benchmarks;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A coordinator with one reader in the caller's thread, which counts splits and forgets them. */
final class DrivenEnumeratorContext implements SplitEnumeratorContext<FileSourceSplit> {
  private final ArrayDeque<Runnable> once = new ArrayDeque<>();
  private Runnable periodic = () -> {};
  private int assigned;
  private double firstListingMillis = -1;

  /** What the enumerator does after each interval. */
  void list() {
    long start = System.nanoTime();
    periodic.run();
    if (firstListingMillis < 0) {
      firstListingMillis = (System.nanoTime() - start) / 1e6;
    }
  }

  double firstListingMillis() {
    return firstListingMillis;
  }

  /** Asks for splits until there are no more; returns how many came. */
  int assignAll(SplitEnumerator<FileSourceSplit, ?> enumerator) {
    for (int before = -1; before < assigned; ) {
      before = assigned;
      enumerator.handleSplitRequest(0, "localhost");
      for (Runnable task = once.poll(); task != null; task = once.poll()) {
        task.run();
      }
    }
    return assigned;
  }

  private static <T> Runnable task(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    return () -> {
      T result;
      try {
        result = callable.call();
      } catch (Exception e) {
        throw new IllegalStateException("Listing failed", e);
      }
      handler.accept(result, null);
    };
  }

  @Override
  public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    once.add(task(callable, handler));
  }

  @Override
  public <T> void callAsync(
      Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
    periodic = task(callable, handler);
  }

  @Override
  public void assignSplits(SplitsAssignment<FileSourceSplit> assignment) {
    assignment.assignment().values().forEach(splits -> assigned += splits.size());
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return Map.of(0, new ReaderInfo(0, "localhost"));
  }

  @Override
  public int currentParallelism() {
    return 1;
  }

  @Override
  public void signalNoMoreSplits(int reader) {
    throw new IllegalStateException("A monitored source never ends");
  }

  @Override
  public void sendEventToSourceReader(int reader, SourceEvent event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void runInCoordinatorThread(Runnable runnable) {
    runnable.run();
  }
}
