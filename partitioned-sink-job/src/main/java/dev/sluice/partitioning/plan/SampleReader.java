package dev.sluice.partitioning.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.record.RawRecord;
import dev.sluice.partitioning.plan.PlanOptions.SampleForm;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/** Reads the file of a sample. A file that is none is a mistake in the option that names it. */
final class SampleReader {
  static final int MOST_BYTES = 256 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String location;

  SampleReader(String location) {
    this.location = location;
  }

  /**
   * The records of the file.
   *
   * @throws InvalidOptionException if there is no such file, or it does not have the form
   */
  List<RawRecord> read(SampleForm form) {
    RawRecord whole = readWhole();
    return form == SampleForm.OBJECT ? List.of(whole) : records(whole.data);
  }

  private RawRecord readWhole() {
    try {
      Path path = new Path(location);
      FileStatus status = path.getFileSystem().getFileStatus(path);
      if (status.isDir() || status.getLen() > MOST_BYTES) {
        throw mistake("must be a file of at most 256 mb");
      }
      try (FSDataInputStream in = path.getFileSystem().open(path)) {
        byte[] data = in.readNBytes((int) status.getLen());
        return new RawRecord(data, status.getModificationTime(), location);
      }
    } catch (IOException e) {
      throw mistake("must be a file that can be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private List<RawRecord> records(byte[] answers) {
    List<RawRecord> records = new ArrayList<>();
    try (MappingIterator<JsonNode> roots = JSON.readerFor(JsonNode.class).readValues(answers)) {
      while (roots.hasNextValue()) {
        JsonNode listed = roots.nextValue().get("Records");
        if (listed == null || !listed.isArray()) {
          throw mistake("must hold answers of 'aws kinesis get-records', each with 'Records'");
        }
        for (JsonNode record : listed) {
          records.add(record(record, records.size() + 1));
        }
      }
    } catch (JsonProcessingException e) {
      throw mistake("must be JSON, but is none at " + place(e));
    } catch (IOException e) {
      throw mistake("must be JSON (" + e.getClass().getSimpleName() + ")");
    }
    return records;
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? "an unknown place"
        : "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }

  private RawRecord record(JsonNode record, int number) {
    JsonNode data = record.path("Data");
    JsonNode arrival = record.path("ApproximateArrivalTimestamp");
    try {
      if (!data.isTextual()) {
        throw new IllegalArgumentException("no Data");
      }
      return new RawRecord(
          Base64.getDecoder().decode(data.textValue()),
          millis(arrival),
          record.path("SequenceNumber").asText());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw mistake(
          "must have 'Data' in base64 and 'ApproximateArrivalTimestamp' in each record, but record "
              + number
              + " has not");
    }
  }

  /**
   * Epoch seconds with fractions in the first version of the command line, ISO 8601 in the second.
   */
  private static long millis(JsonNode arrival) {
    if (arrival.isNumber()) {
      return Math.round(arrival.doubleValue() * 1000);
    }
    return OffsetDateTime.parse(arrival.asText()).toInstant().toEpochMilli();
  }

  private InvalidOptionException mistake(String rule) {
    return new InvalidOptionException(PlanOptions.SAMPLE, location, rule);
  }
}
