package dev.sluice.common.deadletter;

import dev.sluice.common.sink.file.FileSinkFactory;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;

/**
 * Writes dead letters as JSON lines: {@code <folder>/<yyyy-MM-dd>/dead-letters-….jsonl}.
 *
 * <p>Delivery and what is left behind are those of {@link FileSinkFactory}: exactly once in
 * finished files. The form of a line is that of {@link DeadLetterJson}. A dead letter that cannot
 * be written fails the job: better stopped than silent.
 */
public final class DeadLetterSinkFactory {
  private DeadLetterSinkFactory() {}

  /** A sink into date folders (UTC, time of writing) below the given folder. */
  public static FileSink<DeadLetter> create(Path folder) {
    return FileSinkFactory.jsonLines(folder, "dead-letters", DeadLetterJson::write);
  }
}
