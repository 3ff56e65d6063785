package dev.sluice.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** Plays the scripts of its partitions, one step per poll, in turn. One task thread. */
final class ManualReader<T> implements SourceReader<T, ManualSplit> {
  private final List<ManualScript> scripts;
  private final NavigableMap<Integer, Integer> positions = new TreeMap<>();
  private final NavigableMap<Long, List<ManualSplit>> snapshots = new TreeMap<>();
  private int lastPartition = -1;
  private boolean noMoreSplits;
  private CompletableFuture<Void> splitsChanged = new CompletableFuture<>();

  ManualReader(List<ManualScript> scripts) {
    this.scripts = scripts;
  }

  @Override
  public void start() {}

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) {
    List<Integer> order = new ArrayList<>(positions.tailMap(lastPartition, false).keySet());
    order.addAll(positions.headMap(lastPartition, true).keySet());
    for (int partition : order) {
      int position = positions.getOrDefault(partition, 0);
      ManualScript.Step step = scripts.get(partition).step(position);
      if (step != null) {
        lastPartition = partition;
        play(step, partition, output);
        return InputStatus.MORE_AVAILABLE;
      }
    }
    if (noMoreSplits && positions.isEmpty()) {
      return InputStatus.END_OF_INPUT;
    }
    return InputStatus.NOTHING_AVAILABLE;
  }

  @SuppressWarnings("unchecked") // a ManualSource<T> takes only records of T
  private void play(ManualScript.Step step, int partition, ReaderOutput<T> output) {
    String split = Integer.toString(partition);
    SourceOutput<T> out = output.createOutputForSplit(split);
    switch (step.kind) {
      case RECORD:
        out.collect((T) step.element);
        break;
      case TIMED_RECORD:
        out.collect((T) step.element, step.timestamp);
        break;
      case WATERMARK:
        out.emitWatermark(new Watermark(step.timestamp));
        break;
      case IDLE:
        out.markIdle();
        break;
      case END:
        output.releaseOutputForSplit(split);
        break;
      default:
        throw new IllegalStateException("Unknown step '" + step.kind + "'");
    }
    int next = positions.merge(partition, 1, Integer::sum);
    if (step.kind == ManualScript.Kind.END) {
      positions.remove(partition);
    }
    scripts.get(partition).consumedTo(next);
  }

  @Override
  public List<ManualSplit> snapshotState(long checkpointId) {
    List<ManualSplit> splits = new ArrayList<>();
    positions.forEach((partition, position) -> splits.add(new ManualSplit(partition, position)));
    snapshots.put(checkpointId, splits);
    return splits;
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    NavigableMap<Long, List<ManualSplit>> done = snapshots.headMap(checkpointId, true);
    for (ManualSplit split :
        done.values().stream().flatMap(List::stream).toArray(ManualSplit[]::new)) {
      scripts.get(split.partition).checkpointedTo(split.position);
    }
    done.clear();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    if (noMoreSplits && positions.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    List<CompletableFuture<Void>> any = new ArrayList<>();
    any.add(splitsChanged);
    for (Map.Entry<Integer, Integer> entry : positions.entrySet()) {
      any.add(scripts.get(entry.getKey()).available(entry.getValue()));
    }
    return CompletableFuture.anyOf(any.toArray(new CompletableFuture<?>[0]))
        .thenAccept(ManualReader::nothing);
  }

  @Override
  public void addSplits(List<ManualSplit> splits) {
    splits.forEach(split -> positions.put(split.partition, split.position));
    wake();
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    wake();
  }

  @Override
  public void close() {}

  private void wake() {
    CompletableFuture<Void> waiting = splitsChanged;
    splitsChanged = new CompletableFuture<>();
    waiting.complete(null);
  }

  private static void nothing(@Nullable Object ignored) {}
}
