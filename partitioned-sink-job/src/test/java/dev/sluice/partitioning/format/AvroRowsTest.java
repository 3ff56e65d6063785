package dev.sluice.partitioning.format;

import static dev.sluice.partitioning.format.AvroRecords.assertUnfit;
import static dev.sluice.partitioning.format.AvroRecords.decode;
import static dev.sluice.partitioning.format.AvroRecords.encoder;
import static dev.sluice.partitioning.format.AvroRecords.field;
import static dev.sluice.partitioning.format.AvroRecords.logical;
import static dev.sluice.partitioning.format.AvroRecords.schema;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroRowsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyKindOfValueComesBackFromAvrosOwnReader() throws Exception {
    GenericRecord event = decode(Schemas.EVERYTHING, Schemas.EVENT);

    assertThat(event.get("id")).isEqualTo(9007199254740993L);
    assertThat(event.get("count")).isEqualTo(5);
    assertThat(event.get("name")).hasToString("é😀");
    assertThat(event.get("ok")).isEqualTo(true);
    assertThat(event.get("ratio")).isEqualTo(0.5f);
    assertThat(event.get("x")).isEqualTo(1e300);
    assertThat(event.get("raw"))
        .isEqualTo(ByteBuffer.wrap(new byte[] {0, (byte) 0xff, (byte) 0x80}));
    assertThat(event.get("kind")).hasToString("B");
    assertThat(event.get("day")).isEqualTo((int) LocalDate.parse("2021-08-31").toEpochDay());
    assertThat(event.get("at")).isEqualTo(Instant.parse("2021-08-31T20:39:43.250Z").toEpochMilli());
    assertThat(event.get("precisely")).isEqualTo(1630442383000001L);
    assertThat(event.get("clock")).isEqualTo(((20 * 60 + 39) * 60 + 43) * 1000 + 500);
    assertThat(event.get("tags")).hasToString("[a, null, b]");
    assertThat(event.get("attributes")).hasToString("{k=7}");
    assertThat(((GenericRecord) event.get("device")).get("user_agent")).hasToString("curl/8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int|2147483648|must be an int, but was another value of type number",
        "int|1.5|must be a whole number in range, but was another value of type number",
        "int|\"1\"|must be a whole number in range, but was another value of type string",
        "int|null|must be a whole number in range, but was another value of type null",
        "long|9223372036854775808|must be a whole number in range, but was another value of type number",
        "long|9223372036854775807.0|must be a whole number in range, but was another value of type number",
        "long|true|must be a whole number in range, but was another value of type boolean",
        "float|1e39|must be a float, but was another value of type number",
        "double|1e400|must be a double, but was another value of type number",
        "double|\"NaN\"|must be a number, but was another value of type string",
        "string|1|must be a string, but was another value of type number",
        "string|\"\\ud800\"|holds half a surrogate pair, which UTF-8 cannot",
        "string|\"\\udc00\\ud800\"|holds half a surrogate pair, which UTF-8 cannot",
        "boolean|0|must be a boolean, but was another value of type number",
        "bytes|\"?\"|must be a string of base64, but was another value of type string",
        "null|0|must be null, but was another value of type number",
      })
  void scalarsThatWouldHaveToBeChangedDoNotFit(String type, String value, String rule) {
    assertUnfit(schema('"' + type + '"'), "{\"a\":" + value + "}", "Field 'a' " + rule);
  }

  @Test
  void missingFieldsTakeTheDefaultOrNullOrDoNotFit() throws Exception {
    assertThat(decode(field("{\"name\":\"a\",\"type\":\"int\",\"default\":7}"), "{}").get("a"))
        .isEqualTo(7);
    assertThat(decode(schema("[\"int\",\"null\"]"), "{}").get("a")).isNull();
    assertUnfit(schema("\"int\""), "{}", "Field 'a' is missing");
  }

  @Test
  void unknownFieldsDoNotFitUnlessTheyAreToBeLeftOut() throws Exception {
    String schema = schema("\"int\"");

    assertUnfit(schema, "{\"a\":1,\"b\":2}", "Field 'b' is not in the schema");
    assertUnfit(
        schema,
        "{\"" + "x".repeat(999) + "\":1,\"a\":1}",
        "Field '" + "x".repeat(100) + "…' is not in the schema");
    assertThat(decode(schema, "{\"b\":2,\"a\":1}", UnknownFields.IGNORE).get("a")).isEqualTo(1);
  }

  @Test
  void mistakesAreNamedWithTheirPathAndWithoutTheirValue() {
    String schema =
        schema(
            "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"B\",\"fields\":["
                + "{\"name\":\"b\",\"type\":{\"type\":\"map\",\"values\":\"int\"}}]}}");

    assertUnfit(
        schema,
        "{\"a\":[{\"b\":{}},{\"b\":{\"secret\":\"secret\"}}]}",
        "Field 'a[1].b[…]' must be a whole number in range, but was another value of type string");
    assertUnfit(schema, "[]", "Record must be an object, but was another value of type array");
    assertUnfit(
        schema, "{\"a\":{}}", "Field 'a' must be an array, but was another value of type object");
  }

  @Test
  void unionsTakeTheFirstTypeThatFits() throws Exception {
    String schema = schema("[\"null\",\"int\",\"double\",\"string\"]");

    assertThat(decode(schema, "{\"a\":1}").get("a")).isEqualTo(1);
    assertThat(decode(schema, "{\"a\":1.5}").get("a")).isEqualTo(1.5);
    assertThat(decode(schema, "{\"a\":\"x\"}").get("a")).isEqualTo(new Utf8("x"));
    assertThat(decode(schema, "{\"a\":null}").get("a")).isNull();
    assertUnfit(schema, "{\"a\":[]}", "Field 'a' fits no type of the union");
  }

  @Test
  void recordsMayHoldThemselves() throws Exception {
    String node =
        "{\"type\":\"record\",\"name\":\"Node\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"Node\"]}]}";

    assertThat(decode(node, "{\"next\":{\"next\":{\"next\":null}}}"))
        .hasToString("{\"next\": {\"next\": {\"next\": null}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|Cannot read Avro schema: ",
        "\"string\"|Avro schema must be a record with fields, but was 'string'",
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}|Avro schema must be a record with fields, but was 'record'",
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"default\":\"x\"}]}|Cannot read Avro schema: ",
      })
  void rejectsSchemasThatAreNone(String schema, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordSchema.parse(schema))
        .withMessageStartingWith(message);
  }

  @Test
  void travelsToTheTaskManagers() throws Exception {
    RowEncoder rows = encoder(Schemas.EVERYTHING, UnknownFields.REJECT);
    byte[] data = Schemas.EVENT.getBytes(UTF_8);
    byte[] here = rows.encode(data, JSON.readTree(data));

    assertThat(InstantiationUtil.clone(rows).encode(data, JSON.readTree(data))).isEqualTo(here);
  }

  @Test
  void readsTheParsedRecordUnlessDoublesWouldSpoilDecimals() {
    assertThat(encoder(Schemas.EVERYTHING, UnknownFields.REJECT).readsJson()).isFalse();
    assertThat(encoder(schema("\"double\""), UnknownFields.REJECT).readsJson()).isTrue();
  }

  /** Whatever a field holds, it fits and comes back as Avro's reader sees it, or is unfit. */
  @Property(tries = 3_000)
  void noValueDoesAnythingElseThanFitOrNot(
      @ForAll("types") String type, @ForAll("values") String value) throws Exception {
    String schema = schema(type);
    GenericRecord record;
    try {
      record = decode(schema, "{\"a\":" + value + "}");
    } catch (UnfitRecordException e) {
      assertThat(e).hasMessageStartingWith("Field 'a");
      return;
    }
    assertThat(record.getSchema().getField("a")).isNotNull();
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of(
        "\"int\"",
        "\"long\"",
        "\"double\"",
        "\"string\"",
        "\"bytes\"",
        "[\"null\",\"int\",\"string\"]",
        "{\"type\":\"array\",\"items\":[\"int\",\"string\"]}",
        "{\"type\":\"map\",\"values\":\"long\"}",
        "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}",
        "{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}",
        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":3}",
        logical("int", "date"),
        logical("long", "timestamp-micros"));
  }

  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> number =
        Arbitraries.oneOf(
            Arbitraries.bigDecimals().map(BigDecimal::toString),
            Arbitraries.bigIntegers().map(Object::toString),
            Arbitraries.of("-0", "1e308", "1e309", "-1E-400", "9007199254740993.0"));
    Arbitrary<String> text =
        Arbitraries.of("A", "AAAA", "2021-08-31", "2021-08-31T20:39:43Z", "12.5", "\\udfff", "");
    Arbitrary<String> scalar =
        Arbitraries.oneOf(
            number, text.map(t -> '"' + t + '"'), Arbitraries.of("null", "true", "false"));
    return Arbitraries.oneOf(
        scalar,
        scalar.list().ofMaxSize(3).map(list -> "[" + String.join(",", list) + "]"),
        scalar.map(value -> "{\"k\":" + value + "}"));
  }
}
