package dev.sluice.partitioning;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterJson;
import dev.sluice.common.record.DelimiterSplitter;
import dev.sluice.common.record.RawRecord;
import dev.sluice.common.record.RecordSplitter;
import dev.sluice.common.source.file.FileObject;
import java.io.IOException;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Objects of dead letters, this job's or Firehose's, as the records that they were, with their own
 * time of arrival and source. What is no dead letter, or does not carry its record, is one again.
 * No state.
 */
final class RedriveDeadLetters extends ProcessFunction<FileObject, RawRecord> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<DeadLetter> REJECTED = new OutputTag<DeadLetter>("not-redriven") {};

  private final RecordSplitter lines = new DelimiterSplitter(new byte[] {'\n'});

  @Override
  public void processElement(FileObject object, Context context, Collector<RawRecord> out)
      throws Exception {
    lines.split(
        object.bytes,
        new RecordSplitter.Pieces() {
          @Override
          public void piece(byte[] line) {
            redrive(object, line, context, out);
          }

          @Override
          public void broken(byte[] data, String reason) {
            reject(object, data, reason, context);
          }
        });
  }

  private static void redrive(
      FileObject object, byte[] line, Context context, Collector<RawRecord> out) {
    DeadLetter letter;
    try {
      letter = DeadLetterJson.read(line);
    } catch (IOException e) { // nothing but the line is read
      reject(object, line, "The line is no dead letter: " + e.getMessage(), context);
      return;
    }
    if (letter.rawData == null) {
      reject(object, line, "The dead letter does not carry its record", context);
    } else {
      out.collect(new RawRecord(letter.rawData, letter.arrivalTimestamp, letter.source));
    }
  }

  private static void reject(FileObject object, byte[] line, String reason, Context context) {
    context.output(
        REJECTED,
        DeadLetter.builder(Uids.OBJECTS_TO_RECORDS, "redrive-failed", reason)
            .from(object.path, line.length)
            .carrying(line)
            .at(object.modificationTime)
            .build());
  }
}
