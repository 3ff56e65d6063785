package dev.sluice.partitioning;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterJson;
import dev.sluice.partitioning.sink.PartitionedRecord;
import java.io.IOException;
import org.apache.flink.api.common.functions.MapFunction;

/** Dead letters as rows for the error prefix, by Firehose's types of errors. No state. */
final class RowsOfDeadLetters implements MapFunction<DeadLetter, PartitionedRecord> {
  private static final long serialVersionUID = 1L;

  private final ErrorPrefix prefix;

  RowsOfDeadLetters(ErrorPrefix prefix) {
    this.prefix = prefix;
  }

  @Override
  public PartitionedRecord map(DeadLetter letter) throws IOException {
    return row(prefix, ErrorType.PROCESSING_FAILED, letter);
  }

  static PartitionedRecord row(ErrorPrefix prefix, ErrorType type, DeadLetter letter)
      throws IOException {
    return new PartitionedRecord(
        prefix.of(type), DeadLetterJson.write(letter), letter.arrivalTimestamp, true);
  }
}
