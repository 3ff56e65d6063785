package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a local cluster, from files to files. */
class PartitionedSinkJobIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BAD = "{\"customerID\": 1000}";

  @TempDir Path folder;

  @Test
  void partitionsByCustomer() throws Exception {
    input(event("1234", "mobile"), event("4567", "desktop"), event("1234", "desktop"));

    run(
        "--partition.query={customer_id: .customer_id}",
        "--output.prefix=customer_id=!{partitionKeyFromQuery:customer_id}/");

    assertThat(records(""))
        .isEqualTo(
            Map.of(
                "customer_id=1234", List.of(event("1234", "mobile"), event("1234", "desktop")),
                "customer_id=4567", List.of(event("4567", "desktop"))));
  }

  @Test
  void partitionsByCustomerAndNestedDevice() throws Exception {
    input(event("1234", "mobile"), event("1234", "desktop"));

    run(
        "--partition.query={customer_id: .customer_id, device: .type.device}",
        "--output.prefix=customer_id=!{partitionKeyFromQuery:customer_id}/"
            + "device=!{partitionKeyFromQuery:device}/");

    assertThat(records("").keySet())
        .containsExactlyInAnyOrder(
            "customer_id=1234/device=mobile", "customer_id=1234/device=desktop");
  }

  @Test
  void partitionsByCustomerAndDateOfTheEvent() throws Exception {
    input(event("1234", "mobile"));

    run(
        "--partition.query={customer_id: .customer_id, year: .event_timestamp | strftime(\"%Y\"),"
            + " month: .event_timestamp | strftime(\"%m\"),"
            + " day: .event_timestamp | strftime(\"%d\")}",
        "--output.prefix=customer_id=!{partitionKeyFromQuery:customer_id}/"
            + "year=!{partitionKeyFromQuery:year}/month=!{partitionKeyFromQuery:month}/"
            + "day=!{partitionKeyFromQuery:day}/");

    assertThat(records("").keySet()).containsExactly("customer_id=1234/year=2021/month=08/day=31");
  }

  @Test
  void recordWithoutItsKeyGoesToTheErrorPrefixAndBackAgain() throws Exception {
    input(event("1234", "mobile"), BAD);

    run(
        "--partition.query={customer_id: .customer_id}",
        "--output.prefix=data/!{partitionKeyFromQuery:customer_id}/",
        "--output.error-prefix=errors/!{firehose:error-output-type}/");

    List<String> letters = records("errors").get("processing-failed");
    assertThat(letters).hasSize(1);
    JsonNode letter = JSON.readTree(letters.get(0));
    assertThat(letter.get("errorCode").asText())
        .isEqualTo("DynamicPartitioning.MetadataExtractionFailed");
    assertThat(new String(letter.get("rawData").binaryValue(), StandardCharsets.UTF_8))
        .isEqualTo(BAD);
    assertThat(letter.get("attemptsMade").asInt()).isOne();

    redrive();

    assertThat(records("../again/data")).isEqualTo(Map.of("1000", List.of(BAD)));
  }

  private void redrive() throws Exception {
    run(
        "--source.type=dead-letters",
        "--input.path=" + folder.resolve("out/errors"),
        "--output.path=" + folder.resolve("again"),
        "--partition.query={customer_id: (.customer_id // .customerID)}",
        "--output.prefix=data/!{partitionKeyFromQuery:customer_id}/");
  }

  @Test
  void firehoseConfigurationIsTakenAsItIs() throws Exception {
    input(event("1234", "mobile"));
    Path configuration = folder.resolve("stream.json");
    Files.writeString(
        configuration,
        """
        {"BucketARN": "arn:aws:s3:::elsewhere", "ErrorOutputPrefix": "failed/",
         "Prefix": "by/!{partitionKeyFromQuery:customer_id}/", "CompressionFormat": "GZIP",
         "ProcessingConfiguration": {"Enabled": true, "Processors": [
           {"Type": "MetadataExtraction", "Parameters": [
             {"ParameterName": "MetadataExtractionQuery",
              "ParameterValue": "{customer_id:.customer_id}"}]}]}}
        """);

    run("--firehose.configuration=" + configuration);

    try (Stream<Path> objects = Files.walk(folder.resolve("out/by/1234"))) {
      assertThat(objects.filter(Files::isRegularFile)).singleElement().asString().endsWith(".gz");
    }
  }

  @Test
  void everyRecordOfTheSampleIsInOneObjectAndNoneOutsideTheRoot() throws Exception {
    Path sample = Path.of("..", "sample-data", "clickstream").toAbsolutePath().normalize();

    run(
        "--input.path=" + sample,
        "--partition.query={customer_id: .customer_id, device: .type.device}",
        "--output.prefix=data/customer_id=!{partitionKeyFromQuery:customer_id}/"
            + "device=!{partitionKeyFromQuery:device}/",
        "--output.error-prefix=errors/");

    // sample-data/README.md: 4,048 records in all, of which those without a key cannot be placed.
    int placed = records("data").values().stream().mapToInt(List::size).sum();
    int failed = records("errors").values().stream().mapToInt(List::size).sum();
    assertThat(placed + failed).isEqualTo(4_048);
    assertThat(failed).isBetween(15, 30);
    try (Stream<Path> outside = Files.list(folder)) {
      assertThat(outside.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("out", "checkpoints");
    }
  }

  @Test
  void generatedRecordsAreAllThereHostileAndBadOnesIncluded() throws Exception {
    run(
        "--source.type=generator",
        "--generator.records=5000",
        "--generator.seed=42",
        "--generator.customers=20",
        "--generator.bad-share=0.05",
        "--generator.hostile-share=0.05",
        "--partition.query={customer_id: .customer_id}",
        "--output.prefix=data/customer_id=!{partitionKeyFromQuery:customer_id}/",
        "--output.error-prefix=errors/");

    List<String> placed = records("data").values().stream().flatMap(List::stream).toList();
    List<String> failed = records("errors").values().stream().flatMap(List::stream).toList();
    assertThat(placed).doesNotHaveDuplicates();
    assertThat(placed.size() + failed.size()).isEqualTo(5_000);
    assertThat(failed).hasSizeBetween(100, 400);
    assertThat(records("data")).containsKeys("customer_id=%2E.", "customer_id=a%2Fb");
    for (String record : placed) {
      assertThat(record).hasSizeBetween(130, 2_000);
    }
  }

  private static String event(String customer, String device) {
    return String.format(
        "{\"type\": {\"device\": \"%s\"}, \"customer_id\": \"%s\", \"event_timestamp\": 1630442383}",
        device, customer);
  }

  private void input(String... records) throws IOException {
    job().input(records);
  }

  private void run(String... options) throws Exception {
    job().run(options);
  }

  private Map<String, List<String>> records(String below) throws IOException {
    return job().records(below);
  }

  private LocalJob job() {
    return new LocalJob(folder);
  }
}
