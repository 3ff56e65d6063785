package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.record.RawRecord;
import dev.sluice.partitioning.format.ObjectNames;
import dev.sluice.partitioning.prefix.PathEscaping;
import dev.sluice.partitioning.sink.PartitionedRecord;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * Whatever a record is: it is a row, a dead letter or dropped, and its object is below the root.
 */
class HostileRecordsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT = "s3://bucket/root/";
  private static final String UUID = "01234567-89ab-cdef-0123-456789abcdef";
  private static final long ARRIVAL = 1_630_442_383_000L;

  private static final ObjectNamesInPrefix NAMES =
      new ObjectNamesInPrefix(
          ZoneOffset.UTC,
          new ObjectNames("sluice", 1, ZoneOffset.UTC, ".json"),
          new ObjectNames("sluice", 1, ZoneOffset.UTC, ""));

  private static final PartitioningMetrics METRICS =
      new PartitioningMetrics(new UnregisteredMetricsGroup(), () -> 0);

  private static final RecordPipeline PIPELINE = pipeline();

  private static final List<String> KINDS = new ArrayList<>();

  private static RecordPipeline pipeline() {
    String[] options = {
      "--input.path=s3://events/in",
      "--output.path=" + ROOT,
      "--record.deaggregation=none",
      "--record.transformer=" + DropsAndFails.class.getName(),
      "--partition.query={k: .k}",
      "--partition.event-time.field=.at",
      "--output.prefix=data/k=!{partitionKeyFromQuery:k}/day=!{eventTimestamp:yyyy-MM-dd}/",
      "--output.error-prefix=errors/!{firehose:error-output-type}/!{firehose:random-string}/"
    };
    JobArguments arguments = JobArguments.parse(options, PartitionedSinkOptions.ALL);
    try {
      return new PartitionedSinkSettings(arguments)
          .partitioning.open(METRICS, () -> ARRIVAL, HostileRecordsTest.class.getClassLoader());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Property(tries = 10_000)
  void isInOnePlaceBelowTheRootOrDropped(@ForAll("records") byte[] record) throws Exception {
    List<PartitionedRecord> rows = new ArrayList<>();
    long dropped = METRICS.dropped.getCount();

    PIPELINE.partition(new RawRecord(record, ARRIVAL, "here"), (row, time) -> rows.add(row));

    assertThat(rows.size() + METRICS.dropped.getCount() - dropped).isOne();
    for (PartitionedRecord row : rows) {
      KINDS.add(row.failed ? "letter" : "row");
      assertIsBelowTheRoot(row);
      if (row.failed) {
        assertThat(JSON.readTree(row.row).get("rawData").binaryValue()).isEqualTo(record);
      } else {
        assertThat(JSON.readTree(row.row)).isEqualTo(JSON.readTree(record));
        assertThat(row.row).doesNotContain((byte) '\n', (byte) '\r');
        assertNamesItsKey(row);
      }
    }
  }

  @Provide
  Arbitrary<byte[]> records() {
    return HostileRecords.any();
  }

  /** Else the property could hold because it is never put to the test. */
  @AfterContainer
  static void bothKindsWereThere() {
    assertThat(KINDS.stream().filter("row"::equals).count()).isGreaterThan(1_000);
    assertThat(KINDS.stream().filter("letter"::equals).count()).isGreaterThan(1_000);
    assertThat(METRICS.dropped.getCount()).isPositive();
  }

  private static void assertIsBelowTheRoot(PartitionedRecord row) {
    String name = NAMES.name(row.partition, row.arrivalTimestamp, row.failed, UUID);

    assertThat(new Path(ROOT + name)).hasToString(ROOT + name);
    assertThat(name).startsWith(row.failed ? "errors/" : "data/k=");
    assertThat(name.split("/", -1))
        .hasSize(4)
        .allSatisfy(part -> assertThat(part).isNotEmpty().isNotIn(".", ".."))
        .allSatisfy(part -> assertThat(PathEscaping.utf8Length(part)).isLessThanOrEqualTo(255));
    assertThat(PathEscaping.utf8Length(name)).isLessThanOrEqualTo(1024);
  }

  /** What stands in the path is the value, and so no other value's. */
  private static void assertNamesItsKey(PartitionedRecord row) throws Exception {
    JsonNode key = JSON.readTree(row.row).get("k");
    String folder = row.partition.split("/", -1)[1];
    if (key.isTextual()) {
      assertThat(PathEscaping.unescape(folder.substring("k=".length()))).isEqualTo(key.asText());
    }
  }
}
