package dev.sluice.partitioning.clickstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.common.environment.SampleData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the sample data to what its README says. */
class SampleClickstreamTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void holdsTheRecordsThatItsReadmeCounts() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    Set<String> customers = new HashSet<>();
    Set<String> devices = new HashSet<>();
    Set<String> days = new HashSet<>();
    for (JsonNode record : records()) {
      String kind = kind(record);
      counts.merge(kind, 1, Integer::sum);
      if (kind.equals("good")) {
        customers.add(record.get("customer_id").textValue());
        devices.add(record.at("/type/device").textValue());
        days.add(
            Instant.ofEpochSecond(record.get("event_timestamp").longValue())
                .toString()
                .substring(0, 10));
      }
    }

    assertThat(counts)
        .containsOnly(
            Map.entry("good", 4_001),
            Map.entry("hostile", 22),
            Map.entry("no customer", 4),
            Map.entry("customer is no text", 3),
            Map.entry("no device", 7),
            Map.entry("bad time", 3),
            Map.entry("not JSON", 6),
            Map.entry("no object", 2));
    assertThat(customers).hasSize(40);
    assertThat(devices).containsExactlyInAnyOrder("mobile", "desktop", "tablet", "tv", "watch");
    assertThat(days).containsExactlyInAnyOrder("2021-08-31", "2021-09-01", "2021-09-02");
  }

  @Test
  void holdsTheBadRecordOfThePosts() throws IOException {
    assertThat(lines()).contains("{\"customerID\": 1000}");
  }

  @Test
  void hasRecordsBackToBack() throws IOException {
    int records = records().size();
    int lines = lines().size();

    assertThat(records).isEqualTo(4_048);
    assertThat(records - lines).isEqualTo(101);
  }

  @Test
  void isSmall() throws IOException {
    assertThat(lines().stream().mapToInt(String::length).sum()).isLessThan(1_500_000);
  }

  private static String kind(JsonNode record) {
    JsonNode customer = record.path("customer_id");
    if (record.isMissingNode()) {
      return "not JSON";
    } else if (!record.isObject()) {
      return "no object";
    } else if (customer.isNull() || customer.isMissingNode() || "".equals(customer.textValue())) {
      return "no customer";
    } else if (!customer.isTextual()) {
      return "customer is no text";
    } else if (!record.at("/type/device").isTextual()) {
      return "no device";
    } else if (record.path("event_timestamp").asLong(Long.MAX_VALUE) > 1L << 40) {
      return "bad time";
    }
    return customer.textValue().matches("12[3-6][0-9]") ? "good" : "hostile";
  }

  /** What is not JSON is a missing node; nothing sound stands on the same line. */
  private static List<JsonNode> records() throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : lines()) {
      List<JsonNode> ofLine = new ArrayList<>();
      try (JsonParser parser = JSON.createParser(line.getBytes(ISO_8859_1));
          MappingIterator<JsonNode> values = JSON.readValues(parser, JsonNode.class)) {
        while (values.hasNextValue()) {
          ofLine.add(values.nextValue());
        }
        records.addAll(ofLine);
      } catch (IOException e) {
        records.add(MissingNode.getInstance());
      }
    }
    return records;
  }

  /** Byte for byte, whatever the encoding. */
  private static List<String> lines() throws IOException {
    Path folder = SampleData.find("clickstream").orElseThrow();
    try (Stream<Path> files = Files.list(folder)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.sorted().collect(Collectors.toList())) {
        lines.addAll(Files.readAllLines(file, ISO_8859_1));
      }
      return lines;
    }
  }
}
