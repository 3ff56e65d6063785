package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class RecordPipelineTest {
  private static final String NO_JSON = "\u0000 no JSON\n";
  private static final String[] BY_KEY = {
    "--partition.query={k: .k}", "--output.prefix=k=!{partitionKeyFromQuery:k}/"
  };

  @Test
  void bytesPassAsTheyAreWhereNothingAsksForJson() throws Exception {
    assertThat(rows(NO_JSON, "s3://bucket/", "--format.append-newline=false"))
        .singleElement()
        .isEqualTo("!{timestamp:yyyy/MM/dd/HH/} " + NO_JSON);
  }

  @Test
  void linesAndKeysAskForJson() throws Exception {
    assertThat(rows(NO_JSON, "s3://bucket/")).singleElement().asString().contains("is no JSON");
    assertThat(rows(NO_JSON, "s3://bucket/", "--format.append-newline=false", BY_KEY[0], BY_KEY[1]))
        .singleElement()
        .asString()
        .contains("is no JSON");
  }

  @Test
  void keyOfAnObjectFitsIntoS3WithItsFolder() throws Exception {
    String folder = "s3://bucket/" + "f".repeat(249) + "/" + "g".repeat(250);
    String record = "{\"k\":\"" + "v".repeat(240) + "\"}";

    assertThat(rows(record, folder, BY_KEY)).singleElement().asString().startsWith("k=vv");
    assertThat(rows(record, folder + "/" + "h".repeat(100), BY_KEY))
        .singleElement()
        .asString()
        .contains("The prefix has more than 222 bytes");
    assertThat(rows(record, "file:///" + "f".repeat(900), BY_KEY))
        .singleElement()
        .asString()
        .startsWith("k=vv");
  }

  @Test
  void folderThatLeavesNoRoomForDeadLettersIsRefused() {
    assertThatThrownBy(() -> rows("{}", "s3://bucket/" + "f".repeat(820)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("output.path")
        .hasMessageContaining("1,024 bytes");
  }

  @Test
  void missingKeyIsToldApartFromAnotherType() throws Exception {
    assertThat(rows("{}", "s3://bucket/", BY_KEY))
        .singleElement()
        .asString()
        .contains("Partition key 'k' is null, or the record does not have it");
    assertThat(rows("{\"k\":[]}", "s3://bucket/", BY_KEY))
        .singleElement()
        .asString()
        .contains("but is an array");
  }

  /** Each with its partition, a space, and the row. */
  private static List<String> rows(String record, String folder, String... options)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--output.path=" + folder);
    all.addAll(List.of("--input.path=s3://in/", "--record.deaggregation=none"));
    PartitionedSinkSettings settings =
        JobArguments.parse(
            all.toArray(new String[0]), PartitionedSinkOptions.ALL, PartitionedSinkSettings::new);
    PartitioningMetrics uncounted =
        new PartitioningMetrics(new UnregisteredMetricsGroup(), () -> 0);
    List<String> rows = new ArrayList<>();
    try (RecordPipeline pipeline =
        settings.partitioning.open(uncounted, () -> 0, RecordPipelineTest.class.getClassLoader())) {
      pipeline.partition(
          new RawRecord(record.getBytes(StandardCharsets.UTF_8), 0, "test"),
          (row, eventTime) ->
              rows.add(row.partition + " " + new String(row.row, StandardCharsets.UTF_8)));
    }
    return rows;
  }
}
