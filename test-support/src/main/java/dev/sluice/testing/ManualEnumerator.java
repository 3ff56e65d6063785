package dev.sluice.testing;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Gives each partition to a subtask as soon as that subtask is there; its state is the rest. */
final class ManualEnumerator implements SplitEnumerator<ManualSplit, List<ManualSplit>> {
  private final SplitEnumeratorContext<ManualSplit> context;
  private final List<ManualSplit> unassigned;

  ManualEnumerator(SplitEnumeratorContext<ManualSplit> context, List<ManualSplit> unassigned) {
    this.context = context;
    this.unassigned = new ArrayList<>(unassigned);
  }

  @Override
  public void start() {}

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {}

  @Override
  public void addSplitsBack(List<ManualSplit> splits, int subtask) {
    unassigned.addAll(splits);
  }

  @Override
  public void addReader(int subtask) {
    List<ManualSplit> mine = new ArrayList<>();
    for (ManualSplit split : unassigned) {
      if (split.partition % context.currentParallelism() == subtask) {
        mine.add(split);
      }
    }
    unassigned.removeAll(mine);
    mine.forEach(split -> context.assignSplit(split, subtask));
    context.signalNoMoreSplits(subtask);
  }

  @Override
  public List<ManualSplit> snapshotState(long checkpointId) {
    return List.copyOf(unassigned);
  }

  @Override
  public void close() {}
}
