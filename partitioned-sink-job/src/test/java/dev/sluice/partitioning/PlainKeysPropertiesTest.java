package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.record.RawRecord;
import dev.sluice.partitioning.format.Compression;
import dev.sluice.partitioning.format.ObjectFormats;
import dev.sluice.partitioning.keys.EventTimeKind;
import dev.sluice.partitioning.keys.KeyExtractor;
import dev.sluice.partitioning.keys.KeySettings;
import dev.sluice.partitioning.keys.PlainKeys;
import dev.sluice.partitioning.prefix.PrefixTemplate;
import dev.sluice.partitioning.sink.PartitionedRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records whose keys are found without a parser go where jq sends them, and what jq refuses is
 * refused. The same query in parentheses is no plain field to the job, so jq evaluates it.
 */
class PlainKeysPropertiesTest {
  private static final PlainKeys.Naming NAMING = keys -> keys.get("k") + "/" + keys.get("l");

  private final RecordPipeline plain = pipeline("{k: .a, l: .b.c}");
  private final RecordPipeline jq = pipeline("{k: (.a), l: (.b.c)}");
  private final PlainKeys keys =
      extractor("{k: .a, l: .b.c}").plain().orElseThrow(AssertionError::new);

  @Property(tries = 5_000)
  void goWhereJqSendsThem(@ForAll("documents") String document) throws Exception {
    byte[] record = document.getBytes(StandardCharsets.UTF_8);

    assertThat(outcome(plain, record)).as(document).isEqualTo(outcome(jq, record));
  }

  @Property(tries = 20_000)
  void soDoBrokenOnes(@ForAll("documents") String document, @ForAll("damages") List<Damage> damages)
      throws Exception {
    byte[] record = document.getBytes(StandardCharsets.UTF_8);
    for (Damage damage : damages) {
      record = damage.done(record);
    }

    assertThat(outcome(plain, record))
        .as(new String(record, StandardCharsets.ISO_8859_1))
        .isEqualTo(outcome(jq, record));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"x\",\"b\":{\"c\":1}}",
        " {\"z\" : [1, -2.5e+3, {\"a\": null}, []], \"b\" : {\"c\":\"ab cd\"} ,\r\n\t\"a\":true} \n",
        "{\"text\":\"\\u00e9\\n\\\"\\\\\",\"a\":-12,\"b\":{\"x\":{},\"c\":false},\"other\":\"é€𝄞\"}",
        "{\"a\":\"\",\"b\":{\"c\":12345678901234567890},\"0123456789abcdef\":0,\"0123456789abcdeg\":0}"
      })
  void commonRecordsNeedNoParser(String record) throws Exception {
    assertThat(keys.partition(record.getBytes(StandardCharsets.UTF_8), NAMING)).isNotNull();
  }

  /** Right or wrong, a parser says what they are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1,\"b\":{\"c\":1}}",
        "{\"a\":1,\"b\":{\"c\":1,\"x\":{\"y\":1,\"y\":2}}}",
        "{\"a\":1.0,\"b\":{\"c\":1}}",
        "{\"a\":-0,\"b\":{\"c\":1}}",
        "{\"a\":\"\\u0041\",\"b\":{\"c\":1}}",
        "{\"a\":\"é\",\"b\":{\"c\":1}}",
        "{\"a\":1,\"b\":{\"c\":null}}",
        "{\"a\":1,\"b\":{}}",
        "{\"a\":1,\"b\":{\"c\":1}}x",
        "{\"a\":1,\"b\":{\"c\":1},}",
        "{\"a\":01,\"b\":{\"c\":1}}",
        "{\"a\":1,\"b\":{\"c\":1}",
        "[{\"a\":1,\"b\":{\"c\":1}}]",
        "{\"\\u0061\":1,\"a\":1,\"b\":{\"c\":1}}",
        "{\"a\":1,\"b\":{\"c\":1},\"x\":\"\\ud834\"}",
        ""
      })
  void othersDo(String record) throws Exception {
    assertThat(keys.partition(record.getBytes(StandardCharsets.UTF_8), NAMING)).isNull();
    assertThat(outcome(plain, record.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(outcome(jq, record.getBytes(StandardCharsets.UTF_8)));
  }

  /** More partitions than are kept: each record still gets its own. */
  @Property(tries = 1)
  void manyPartitionsAreNotMixedUp() throws Exception {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 100_000; i++) {
        byte[] record =
            ("{\"a\":" + i + ",\"b\":{\"c\":\"" + i % 7 + "\"}}")
                .getBytes(StandardCharsets.US_ASCII);

        assertThat(keys.partition(record, NAMING)).isEqualTo(i + "/" + i % 7);
      }
    }
  }

  /** Bytes that are taken out at a place, and put in. */
  private static final class Damage {
    private final int place;
    private final int taken;
    private final byte[] put;

    Damage(int place, int taken, byte[] put) {
      this.place = place;
      this.taken = taken;
      this.put = put;
    }

    byte[] done(byte[] record) {
      int from = record.length == 0 ? 0 : Math.floorMod(place, record.length);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(record, 0, from);
      out.writeBytes(put);
      int rest = Math.min(record.length, from + taken);
      out.write(record, rest, record.length - rest);
      return out.toByteArray();
    }

    @Override
    public String toString() {
      return place + " -" + taken + " +" + new String(put, StandardCharsets.ISO_8859_1);
    }
  }

  @Provide
  Arbitrary<List<Damage>> damages() {
    String pieces =
        "|\"|\\|{|}|[|]|:|,|-|0|7|.|e|E|+| |\n|\t|\u0000|\u001f|\u007f|\u00e9|\ud834\udd1e|\\u"
            + "|\\ud800|\\u00e9|\\x|t|true|null|a|\"a\":1,|/|//|#|\ufeff|NaN";
    Arbitrary<byte[]> put =
        Arbitraries.of(pieces.split("\\|")).map(text -> text.getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> single =
        Arbitraries.bytes().map(b -> new byte[] {b}); // halves of characters, overlong forms
    return Combinators.combine(
            Arbitraries.integers().between(0, 1_000),
            Arbitraries.integers().between(0, 2),
            Arbitraries.oneOf(put, single))
        .as(Damage::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> a = member("a", values());
    Arbitrary<String> c = object(member("c", values()), members());
    Arbitrary<String> b = member("b", Arbitraries.oneOf(c, c, c, c, values()));
    Arbitrary<String> extra = members();
    return Combinators.combine(a, b, extra, Arbitraries.shuffle(0, 1, 2))
        .as(
            (x, y, z, order) -> {
              List<String> all = new ArrayList<>();
              for (int i : order) {
                all.add(List.of(x, y, z).get(i));
              }
              all.removeIf(String::isEmpty);
              return "{" + String.join(",", all) + "}";
            });
  }

  private static Arbitrary<String> members() {
    Arbitrary<String> name = Arbitraries.of("a", "b", "c", "d", "some_longer_name", "ü", "\\u0061");
    Arbitrary<String> value =
        Arbitraries.oneOf(
            values(),
            values().map(inside -> "[" + inside + ", " + inside + "]"),
            values().map(inside -> "{\"a\": " + inside + "}"));
    return Combinators.combine(name, value)
        .as((n, v) -> "\"" + n + "\" : " + v)
        .list()
        .ofMaxSize(3)
        .map(list -> String.join(" ,", list));
  }

  private static Arbitrary<String> object(Arbitrary<String> first, Arbitrary<String> rest) {
    return Combinators.combine(first, rest)
        .as((one, others) -> "{" + one + (others.isEmpty() ? "" : "," + others) + "}");
  }

  private static Arbitrary<String> member(String name, Arbitrary<String> value) {
    return value.map(text -> "\"" + name + "\":" + text);
  }

  private static Arbitrary<String> values() {
    String values =
        "1|-0|0|-17|1.50|1e3|-1E-2|true|false|null|[]|{}|12345678901234567890|9223372036854775808"
            + "|00|\"\"|\"x\"|\"..\"|\"a/b=c\"|\"\\u0041\"|\"\\ud834\\udd1e\"|\"\\ud834\"|\"é€𝄞\""
            + "|\"a text of more than eight bytes\"|\"tab\\t\"|\"\u007f\"";
    return Arbitraries.oneOf(
        Arbitraries.of(values.split("\\|")),
        Arbitraries.strings()
            .ascii()
            .excludeChars('"', '\\')
            .ofMaxLength(20)
            .map(text -> '"' + text + '"'));
  }

  private static String outcome(RecordPipeline pipeline, byte[] record) throws Exception {
    List<String> rows = new ArrayList<>();
    pipeline.partition(
        new RawRecord(record, 0L, "test"),
        (row, eventMillis) -> rows.add(row.failed ? "refused" : row.partition + " " + text(row)));
    return String.join("\n", rows);
  }

  private static String text(PartitionedRecord row) {
    return new String(row.row, StandardCharsets.ISO_8859_1);
  }

  private static RecordPipeline pipeline(String query) {
    try {
      Partitioning partitioning =
          new Partitioning(
              Optional.empty(),
              Optional.empty(),
              List.of(),
              new PartitionNaming(
                  settings(query),
                  PrefixTemplate.ofData(
                      "k=!{partitionKeyFromQuery:k}/l=!{partitionKeyFromQuery:l}/", ZoneOffset.UTC),
                  new ErrorPrefix(PrefixTemplate.ofErrors("errors/", ZoneOffset.UTC)),
                  KeyLength.ofPrefix("")),
              ObjectFormats.jsonLines(Compression.UNCOMPRESSED).rows(),
              false);
      return partitioning.open(
          new PartitioningMetrics(new UnregisteredMetricsGroup(), () -> 0),
          () -> 0L,
          PlainKeysPropertiesTest.class.getClassLoader());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static KeyExtractor extractor(String query) {
    try {
      return new KeyExtractor(settings(query), PlainKeysPropertiesTest.class.getClassLoader());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static KeySettings settings(String query) {
    return new KeySettings(
        query, Map.of(), "", Duration.ofSeconds(1), null, EventTimeKind.EPOCH_SECONDS);
  }
}
