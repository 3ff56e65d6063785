package dev.sluice.analytics;

import dev.sluice.common.deadletter.DeadLetter;
import java.io.IOException;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Fails with what Kinesis says: made-up records are sound, so the stream or this program is not.
 */
final class FailOnRefusal extends ProcessFunction<DeadLetter, Void> {
  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(DeadLetter letter, Context context, Collector<Void> out)
      throws IOException {
    throw new IOException(
        "The stream refuses a tick: " + letter.errorCode + ", " + letter.errorMessage);
  }
}
