package dev.sluice.common.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * A coordinator that does nothing by itself: a test says when the worker thread lists and when the
 * result arrives. Refuses what Flink's own would refuse.
 */
final class ManualEnumeratorContext implements SplitEnumeratorContext<FileSourceSplit> {
  private final Map<Integer, ReaderInfo> readers = new LinkedHashMap<>();
  private final Map<Integer, List<FileSourceSplit>> assigned = new LinkedHashMap<>();
  private final Set<Integer> ended = new HashSet<>();
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final Deque<Runnable> results = new ArrayDeque<>();
  private Runnable periodic = () -> {};

  void register(int reader) {
    readers.put(reader, new ReaderInfo(reader, "localhost"));
    ended.remove(reader);
  }

  void unregister(int reader) {
    readers.remove(reader);
  }

  /** Splits that came for this reader since the last call. */
  List<FileSourceSplit> takeAssigned(int reader) {
    List<FileSourceSplit> splits = assigned.remove(reader);
    return splits == null ? List.of() : splits;
  }

  boolean hasEnded(int reader) {
    return ended.contains(reader);
  }

  /** Whether something that was asked for is not done or not delivered yet. */
  boolean isBusy() {
    return !work.isEmpty() || !results.isEmpty();
  }

  /** The interval has passed: the worker does what is periodic. */
  void tick() {
    periodic.run();
  }

  /** The worker does what was asked for once, if anything. */
  void workOnce() {
    if (!work.isEmpty()) {
      work.poll().run();
    }
  }

  /** The coordinator thread hears of the oldest result, if there is one. */
  void deliver() {
    if (!results.isEmpty()) {
      results.poll().run();
    }
  }

  /** Periodic work, its result, and all that follows from it. */
  void tickAndDeliver() {
    tick();
    while (isBusy()) {
      deliver();
      workOnce();
    }
  }

  private <T> Runnable job(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    return () -> {
      try {
        T value = callable.call();
        results.add(() -> handler.accept(value, null));
      } catch (Exception e) {
        results.add(() -> handler.accept(null, e));
      }
    };
  }

  @Override
  public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    work.add(job(callable, handler));
  }

  @Override
  public <T> void callAsync(
      Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
    assertThat(period).isPositive();
    periodic = job(callable, handler);
  }

  @Override
  public void assignSplits(SplitsAssignment<FileSourceSplit> assignment) {
    assignment
        .assignment()
        .forEach(
            (reader, splits) -> {
              assertThat(readers).containsKey(reader);
              assertThat(ended).doesNotContain(reader);
              assigned.computeIfAbsent(reader, r -> new ArrayList<>()).addAll(splits);
            });
  }

  @Override
  public void signalNoMoreSplits(int reader) {
    assertThat(readers).containsKey(reader);
    ended.add(reader);
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return readers;
  }

  @Override
  public int currentParallelism() {
    return readers.size();
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
