package dev.sluice.partitioning.plan;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterJson;
import dev.sluice.common.record.RawRecord;
import dev.sluice.partitioning.sink.PartitionedRecord;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Lines {@code partition,event time in millis,content}; a line without a partition fails. */
final class LinePartitioner implements Partitioner {
  @Override
  public void partition(RawRecord record, Rows out) throws Exception {
    for (String line : new String(record.data, StandardCharsets.UTF_8).split("\n", -1)) {
      String[] fields = line.split(",", 3);
      if (line.isEmpty()) {
        continue;
      }
      byte[] row = line.getBytes(StandardCharsets.UTF_8);
      if (fields[0].isEmpty()) {
        DeadLetter letter =
            DeadLetter.builder("lines", "missing-key", "no partition").carrying(row).build();
        out.add(
            new PartitionedRecord(
                "errors/", DeadLetterJson.write(letter), record.arrivalTimestamp, true));
      } else {
        out.add(
            new PartitionedRecord(fields[0], row, record.arrivalTimestamp, false),
            fields[1].isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(fields[1])));
      }
    }
  }
}
