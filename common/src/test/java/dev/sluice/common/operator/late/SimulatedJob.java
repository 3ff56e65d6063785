package dev.sluice.common.operator.late;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.StatusWatermarkValve;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.RowData;

/**
 * Sources, the operator and windows, each with subtasks, between them channels that deliver in any
 * interleaving. The operator is the real one, and so is what makes one watermark of those of
 * several channels. Windows are of one millisecond, so that they drop whatever a window can drop.
 */
final class SimulatedJob implements AutoCloseable {
  final List<Long> late = new ArrayList<>();
  final List<Long> counted = new ArrayList<>();
  final List<Long> lost = new ArrayList<>();

  private final Random random;
  private final List<List<Queue<Object>>> toMarkers;
  private final List<List<Queue<Object>>> toWindows;
  private final List<Task> markers = new ArrayList<>();
  private final List<Task> windows = new ArrayList<>();

  /** One subtask: what comes from several channels becomes one input. */
  private abstract static class Task implements DataOutput<RowData> {
    final StatusWatermarkValve valve;

    Task(int channels) {
      valve = new StatusWatermarkValve(channels);
    }

    abstract void row(Object row) throws Exception;

    final void take(Object element, int channel) throws Exception {
      if (element instanceof Watermark watermark) {
        valve.inputWatermark(watermark, channel, this);
      } else if (element instanceof WatermarkStatus status) {
        valve.inputWatermarkStatus(status, channel, this);
      } else {
        row(element);
      }
    }

    @Override
    public final void emitRecord(StreamRecord<RowData> row) {
      throw new UnsupportedOperationException();
    }

    @Override
    public final void emitLatencyMarker(LatencyMarker marker) {
      throw new UnsupportedOperationException();
    }

    @Override
    public final void emitRecordAttributes(RecordAttributes attributes) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Marker extends Task {
    final OneInputStreamOperatorTestHarness<Tuple2<Integer, RowData>, Tuple2<RowData, Boolean>>
        harness;
    final int subtask;

    Marker(int subtask, List<OperatorSubtaskState> state) throws Exception {
      super(toMarkers.size());
      this.subtask = subtask;
      this.harness = MarkHarness.open(toWindows.size(), subtask, state);
    }

    @Override
    @SuppressWarnings("unchecked")
    void row(Object row) throws Exception {
      Tuple2<Integer, RowData> sent = (Tuple2<Integer, RowData>) row;
      harness.processElement(sent, sent.f1.getTimestamp(1, 3).getMillisecond());
      send();
    }

    @Override
    public void emitWatermark(Watermark watermark) throws Exception {
      harness.processWatermark(watermark);
      send();
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) throws Exception {
      harness.processWatermarkStatus(status);
      send();
    }

    private void send() {
      for (Object element : harness.getOutput()) {
        if (element instanceof StreamRecord<?> row) {
          toWindows.get(subtask).get(random.nextInt(windows.size())).add(row.getValue());
        } else {
          for (Queue<Object> channel : toWindows.get(subtask)) {
            channel.add(element);
          }
        }
      }
      harness.getOutput().clear();
    }
  }

  private final class Window extends Task {
    long watermark;

    Window(long restored) {
      super(toWindows.size());
      watermark = restored;
    }

    @Override
    @SuppressWarnings("unchecked")
    void row(Object element) {
      Tuple2<RowData, Boolean> row = (Tuple2<RowData, Boolean>) element;
      long number = row.f0.getLong(0);
      if (row.f1) {
        late.add(number);
      } else if (row.f0.getTimestamp(1, 3).getMillisecond() <= watermark) {
        lost.add(number);
      } else {
        counted.add(number);
      }
    }

    @Override
    public void emitWatermark(Watermark mark) {
      watermark = Math.max(watermark, mark.getTimestamp());
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {}
  }

  /** What a savepoint has. */
  record State(List<OperatorSubtaskState> markers, long windows) {
    static final State NONE = new State(List.of(), Long.MIN_VALUE);
  }

  SimulatedJob(int sources, int markers, int windows, State state, Random random) throws Exception {
    this.random = random;
    this.toMarkers = channels(sources, markers);
    this.toWindows = channels(markers, windows);
    for (int i = 0; i < windows; i++) {
      this.windows.add(new Window(state.windows));
    }
    for (int i = 0; i < markers; i++) {
      this.markers.add(new Marker(i, state.markers));
    }
  }

  private static List<List<Queue<Object>>> channels(int from, int to) {
    List<List<Queue<Object>>> channels = new ArrayList<>();
    for (int i = 0; i < from; i++) {
      channels.add(Stream.generate(() -> (Queue<Object>) new ArrayDeque<>()).limit(to).toList());
    }
    return channels;
  }

  void row(int source, long number, long time) {
    int marker = new BySender().partition(source, markers.size());
    toMarkers.get(source).get(marker).add(MarkHarness.row(source, number, time));
  }

  /** A watermark or a status. */
  void tell(int source, Object element) {
    for (Queue<Object> channel : toMarkers.get(source)) {
      channel.add(element);
    }
  }

  /** Delivers the next element of some channel, if it has one. */
  void deliver() throws Exception {
    if (random.nextBoolean()) {
      deliver(toMarkers, markers, random.nextInt(toMarkers.size()), random.nextInt(markers.size()));
    } else {
      deliver(toWindows, windows, random.nextInt(toWindows.size()), random.nextInt(windows.size()));
    }
  }

  private static void deliver(
      List<List<Queue<Object>>> channels, List<Task> tasks, int from, int to) throws Exception {
    Object element = channels.get(from).get(to).poll();
    if (element != null) {
      tasks.get(to).take(element, from);
    }
  }

  /** With all that was sent delivered, as a barrier has it. */
  State savepoint() throws Exception {
    while (hasMore(toMarkers) || hasMore(toWindows)) {
      deliver();
    }
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (Task marker : markers) {
      states.add(((Marker) marker).harness.snapshot(1, 1));
    }
    long least = Long.MAX_VALUE;
    for (Task window : windows) {
      least = Math.min(least, ((Window) window).watermark);
    }
    return new State(states, least == Long.MAX_VALUE ? Long.MIN_VALUE : least);
  }

  private static boolean hasMore(List<List<Queue<Object>>> channels) {
    for (List<Queue<Object>> some : channels) {
      for (Queue<Object> channel : some) {
        if (!channel.isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void close() throws Exception {
    for (Task marker : markers) {
      ((Marker) marker).harness.close();
    }
  }
}
