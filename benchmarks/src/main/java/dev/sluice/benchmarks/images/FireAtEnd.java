package dev.sluice.benchmarks.images;

import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Fires when a processing-time window ends, or when the input does, whatever comes first.
 *
 * <p>Flink drops processing-time timers at the end of a bounded input, and the windows with them.
 * Timers in event time fire there: nothing else has watermarks in that job.
 */
final class FireAtEnd extends Trigger<Object, TimeWindow> {
  private static final long serialVersionUID = 1L;

  @Override
  public TriggerResult onElement(
      Object element, long timestamp, TimeWindow window, TriggerContext context) {
    context.registerProcessingTimeTimer(window.maxTimestamp());
    context.registerEventTimeTimer(window.maxTimestamp());
    return TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onProcessingTime(long time, TimeWindow window, TriggerContext context) {
    return TriggerResult.FIRE_AND_PURGE;
  }

  @Override
  public TriggerResult onEventTime(long time, TimeWindow window, TriggerContext context) {
    return TriggerResult.FIRE_AND_PURGE;
  }

  @Override
  public void clear(TimeWindow window, TriggerContext context) {
    context.deleteProcessingTimeTimer(window.maxTimestamp());
    context.deleteEventTimeTimer(window.maxTimestamp());
  }
}
