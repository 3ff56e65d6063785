package dev.sluice.partitioning.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyExtractorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENT =
      "{\"type\": {\"device\": \"mobile\", \"event\": \"click\"}, \"customer_id\": \"1234\","
          + " \"event_timestamp\": 1630442383, \"geo\": \"US\", \"n\": 7, \"list\": [1, 2, 3]}";

  @Test
  void givesTheKeysOfThePosts() throws Exception {
    assertThat(
            keys(
                "{customer_id: .customer_id, device: .type.device,"
                    + " year: .event_timestamp | strftime(\"%Y\"),"
                    + " month: .event_timestamp | strftime(\"%m\"),"
                    + " day: .event_timestamp | strftime(\"%d\")}"))
        .isEqualTo(
            Map.of(
                "customer_id",
                "1234",
                "device",
                "mobile",
                "year",
                "2021",
                "month",
                "08",
                "day",
                "31"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{geo} ~ US",
        "{geo: \"x,}\\\"y\"} ~ x,}\"y",
        "{geo: (.geo + \"-\" + (.n | tostring))} ~ US-7",
        "{geo: .list[1]} ~ 2",
        "{geo: (.missing // \"none\")} ~ none",
        "{geo: ([.list[] | tostring] | join(\"-\"))} ~ 1-2-3",
        "{geo: .n} ~ 7",
        ". as $e | {geo: $e.geo} ~ US"
      })
  void evaluatesJq(String query, String expected) throws Exception {
    assertThat(keys(query)).containsEntry("geo", expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{k: .missing}", "{k: .type}", "{k: .list}", "{k: .geo.deeper}", "{k: null}"})
  void refusesWhatIsNoValueNamingTheKey(String query) {
    assertThatThrownBy(() -> keys(query)).isInstanceOf(UnpartitionableException.class);
  }

  @Property(tries = 2_000)
  void plainFieldsGiveWhatJqGives(@ForAll("documents") String document) throws Exception {
    JsonNode json = JSON.readTree(document);
    for (String path : new String[] {".a", ".a.b", ".a.b.a", ".[\"a\"].b", ".b[\"a\"]"}) {
      assertThat(outcome(FieldPath.parse(path).orElseThrow(), json))
          .as("%s of %s", path, document)
          .isEqualTo(outcome(new JqExpression(path), json));
    }
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> leaf =
        Arbitraries.of(
            "1", "1.50", "1e3", "true", "null", "\"x\"", "[]", "{}", "12345678901234567890");
    Arbitrary<String> inner = wrapped(wrapped(wrapped(leaf)));
    return inner;
  }

  private static Arbitrary<String> wrapped(Arbitrary<String> inside) {
    return Arbitraries.oneOf(
        inside,
        inside.map(value -> "{\"a\": " + value + "}"),
        inside.map(value -> "{\"b\": " + value + ", \"a\": 1}"),
        inside.map(value -> "[" + value + "]"));
  }

  private static String outcome(KeyExpression expression, JsonNode json) throws Exception {
    try {
      return expression.evaluate(json).toString();
    } catch (UnpartitionableException e) {
      return "error";
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{k: (def f: f; f)}",
        "{k: [range(1e12)] | length}",
        "{k: (0 | until(false; . + 1))}",
        "{k: (reduce range(1e12) as $i (0; $i))}",
        "{k: .list[]}",
        "{k: empty}",
        "{k: [limit(1e12; repeat(1))] | length}"
      })
  void endsHostileExpressionsInTime(String query) throws Exception {
    try (KeyExtractor extractor = extractor(query)) {
      assertThatThrownBy(() -> extractor.extract(JSON.readTree(EVENT)))
          .isInstanceOf(UnpartitionableException.class);
    }
  }

  @Test
  void failsTheJobWhenEvaluationsPileUp() throws Exception {
    JsonNode record = JSON.readTree(EVENT);
    CountDownLatch end = new CountDownLatch(1);
    KeyExpression deaf =
        json -> {
          Uninterruptibles.await(end);
          return json;
        };
    try (GuardedExpression guarded = new GuardedExpression(deaf, Duration.ofMillis(50))) {
      assertThatThrownBy(() -> guarded.evaluate(record))
          .isInstanceOf(UnpartitionableException.class)
          .hasMessageContaining("50 ms");
      assertThatThrownBy(() -> guarded.evaluate(record))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("do not end");
    } finally {
      end.countDown();
    }
  }

  /** As code that looks at no interrupt. */
  private static final class Uninterruptibles {
    static void await(CountDownLatch latch) {
      boolean open = false;
      while (!open) {
        try {
          latch.await();
          open = true;
        } catch (InterruptedException e) {
          open = false; // that is the point: it goes on
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    ".event_timestamp, EPOCH_SECONDS, 1630442383, 2021-08-31T20:39:43Z",
    ".event_timestamp, EPOCH_MILLIS, 1630442383123, 2021-08-31T20:39:43.123Z",
    ".event_timestamp, EPOCH_SECONDS, '\"1630442383\"', 2021-08-31T20:39:43Z",
    ".event_timestamp, ISO_8601, '\"2021-08-31T22:39:43+02:00\"', 2021-08-31T20:39:43Z"
  })
  void readsEventTimes(String field, EventTimeKind kind, String value, String expected)
      throws Exception {
    JsonNode record = JSON.readTree("{\"event_timestamp\": " + value + "}");
    try (KeyExtractor extractor = timed(field, kind)) {
      assertThat(extractor.eventTime(record)).isEqualTo(Instant.parse(expected));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"soon\"",
        "\"NaN\"",
        "\"12d\"",
        "null",
        "1e300",
        "-1",
        "[]",
        "\"\"",
        "99999999999999"
      })
  void refusesEventTimesThatAreNone(String value) throws Exception {
    JsonNode record = JSON.readTree("{\"t\": " + value + "}");
    try (KeyExtractor extractor = timed(".t", EventTimeKind.EPOCH_SECONDS)) {
      assertThatThrownBy(() -> extractor.eventTime(record))
          .isInstanceOf(UnpartitionableException.class);
    }
  }

  @Test
  void takesJsonPathsAndFunctions() throws Exception {
    KeySettings settings =
        new KeySettings(
            "",
            Map.of("device", "$.type.device"),
            FirstLetter.class.getName(),
            Duration.ofSeconds(1),
            null,
            EventTimeKind.EPOCH_SECONDS);
    try (KeyExtractor extractor = new KeyExtractor(settings, getClass().getClassLoader())) {
      assertThat(extractor.extract(JSON.readTree(EVENT)))
          .isEqualTo(Map.of("device", "mobile", "letter", "U"));
    }
  }

  /** Found by its name. */
  public static final class FirstLetter implements KeyFunction {
    @Override
    public Map<String, String> keys(JsonNode record) {
      return Map.of("letter", record.get("geo").asText().substring(0, 1));
    }
  }

  @Test
  void tellsAtStartWhatCannotBeCompiled() {
    assertThatThrownBy(() -> extractor("{k: .a |}")).isInstanceOf(InvalidKeysException.class);
    assertThatThrownBy(
            () ->
                new KeyExtractor(
                    new KeySettings(
                        "",
                        Map.of("k", "$..a"),
                        "",
                        Duration.ofSeconds(1),
                        null,
                        EventTimeKind.EPOCH_SECONDS),
                    getClass().getClassLoader()))
        .hasMessageContaining("more than one place");
  }

  private static Map<String, String> keys(String query) throws Exception {
    try (KeyExtractor extractor = extractor(query)) {
      return extractor.extract(JSON.readTree(EVENT));
    }
  }

  private static KeyExtractor extractor(String query) throws InvalidKeysException {
    return new KeyExtractor(
        new KeySettings(
            query, Map.of(), "", Duration.ofMillis(300), null, EventTimeKind.EPOCH_SECONDS),
        KeyExtractorTest.class.getClassLoader());
  }

  private static KeyExtractor timed(String field, EventTimeKind kind) throws InvalidKeysException {
    return new KeyExtractor(
        new KeySettings("", Map.of(), "", Duration.ofSeconds(1), field, kind),
        KeyExtractorTest.class.getClassLoader());
  }
}
