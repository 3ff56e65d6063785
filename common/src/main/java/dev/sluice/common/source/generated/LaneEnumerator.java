package dev.sluice.common.source.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;

/**
 * Gives each reader its lanes when it registers; lanes are not moved afterwards. All methods are
 * called by the coordinator thread.
 */
final class LaneEnumerator implements SplitEnumerator<IndexLane, List<IndexLane>> {
  private final SplitEnumeratorContext<IndexLane> context;
  private final List<IndexLane> unassigned;

  LaneEnumerator(SplitEnumeratorContext<IndexLane> context, List<IndexLane> unassigned) {
    this.context = context;
    this.unassigned = new ArrayList<>(unassigned);
  }

  @Override
  public void start() {}

  @Override
  public void addReader(int subtask) {
    int readers = context.currentParallelism();
    List<IndexLane> share =
        unassigned.stream()
            .filter(lane -> lane.lane() % readers == subtask)
            .collect(Collectors.toList());
    unassigned.removeAll(share);
    if (!share.isEmpty()) {
      // All at once: a reader that had but one of them would not emit in order.
      context.assignSplits(new SplitsAssignment<>(Map.of(subtask, share)));
    }
    context.signalNoMoreSplits(subtask);
  }

  /** What this enumerator gave to a reader that failed goes back to it when it registers again. */
  @Override
  public void addSplitsBack(List<IndexLane> lanes, int subtask) {
    unassigned.addAll(lanes);
  }

  @Override
  public List<IndexLane> snapshotState(long checkpointId) {
    return new ArrayList<>(unassigned);
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    throw new IllegalStateException(
        "Reader " + subtask + " asked for a lane, which readers of generated records never do");
  }

  @Override
  public void close() {}
}
