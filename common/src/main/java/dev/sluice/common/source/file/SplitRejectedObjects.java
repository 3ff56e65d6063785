package dev.sluice.common.source.file;

import dev.sluice.common.deadletter.DeadLetter;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Passes objects that were read, and turns rejected ones into dead letters on a side output.
 *
 * <p>Dead letters have the rejection as error code and no payload; {@code sourceSize} is the size
 * of the object. Counts {@code objectsRejected}, in a metric group {@code reason} for each code. No
 * state.
 */
public final class SplitRejectedObjects extends ProcessFunction<FileObject, FileObject> {
  /** Side output of the rejected objects. */
  public static final OutputTag<DeadLetter> REJECTED = new OutputTag<>("rejected-objects") {};

  private static final long serialVersionUID = 1L;

  private final String stage;
  private transient Map<String, Counter> rejected = new HashMap<>();

  /**
   * @param stage the uid of this operator, for the dead letters
   */
  public SplitRejectedObjects(String stage) {
    this.stage = stage;
  }

  @Override
  public void open(OpenContext context) {
    rejected = new HashMap<>();
    count(FileObject.TOO_LARGE);
    count(FileObject.VANISHED);
  }

  private Counter count(String reason) {
    return rejected.computeIfAbsent(
        reason,
        code ->
            getRuntimeContext()
                .getMetricGroup()
                .addGroup("reason", code)
                .counter("objectsRejected"));
  }

  @Override
  public void processElement(FileObject object, Context context, Collector<FileObject> out) {
    if (!object.wasRejected()) {
      out.collect(object);
      return;
    }
    count(object.rejection).inc();
    context.output(
        REJECTED,
        DeadLetter.builder(stage, object.rejection, object.rejectionMessage)
            .from(object.path, object.size)
            .afterAttempts(object.rejection.equals(FileObject.TOO_LARGE) ? 0 : 1)
            .at(context.timerService().currentProcessingTime())
            .build());
  }
}
