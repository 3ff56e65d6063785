package dev.sluice.partitioning.format;

import static dev.sluice.partitioning.format.AvroRecords.assertUnfit;
import static dev.sluice.partitioning.format.AvroRecords.decode;
import static dev.sluice.partitioning.format.AvroRecords.logical;
import static dev.sluice.partitioning.format.AvroRecords.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.apache.avro.Conversions;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroLogicalValuesTest {
  @Test
  void decimalsKeepEveryDigitWhichDoublesWouldNot() throws Exception {
    GenericRecord event = decode(Schemas.EVERYTHING, Schemas.EVENT);
    GenericRecord precise = decode(decimal(20, 4), "{\"a\":1234567890123456.7891}");

    assertThat(price(event, "price")).isEqualTo("1234567890.10");
    assertThat(price(event, "total")).isEqualTo("-1234567890123456789012345.00001");
    assertThat(price(precise, "a")).isEqualTo("1234567890123456.7891");
    assertThat(price(decode(decimal(20, 4), "{\"a\":\"1E+3\"}"), "a")).isEqualTo("1000.0000");
    assertThat(price(decode(decimal(4, 2), "{\"a\":0E+999999999}"), "a")).isEqualTo("0.00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int|date|\"2021-02-30\"",
        "int|date|\"31.08.2021\"",
        "int|date|\"+999999999-01-01\"",
        "int|time-millis|\"20:39:43.0001\"",
        "long|time-micros|\"25:00\"",
        "long|timestamp-millis|\"2021-08-31T20:39:43\"",
        "long|timestamp-millis|\"2021-08-31T20:39:43.0001Z\"",
        "long|timestamp-micros|\"2021-08-31T20:39:43.0000001Z\"",
        "long|timestamp-micros|\"+999999999-01-01T00:00:00Z\"",
        "long|local-timestamp-millis|\"2021-08-31T20:39:43Z\"",
        "long|local-timestamp-micros|\"\"",
      })
  void timesThatAreNoneOrTooFineDoNotFit(String type, String logical, String value) {
    assertUnfit(
        schema(logical(type, logical)),
        "{\"a\":" + value + "}",
        "Field 'a' must be a "
            + logical
            + " in ISO-8601 and in range, but was another value of type string");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123.4",
        "1.234",
        "\"12.34.5\"",
        "\"\"",
        "true",
        "1e2",
        "1e999999999",
        "\"1e-999999999\"",
        "\"1e2147483648\""
      })
  void decimalsOutsideOfTheirDigitsDoNotFit(String value) {
    assertThatExceptionOfType(UnfitRecordException.class)
        .isThrownBy(() -> decode(decimal(4, 2), "{\"a\":" + value + "}"))
        .withMessageStartingWith("Field 'a' must be a decimal(4, 2), but was");
  }

  @Test
  void aHostileDecimalCostsNoTime() {
    String digits = "\"" + "9".repeat(5_000_000) + "\"";

    assertUnfit(
        decimal(4, 2),
        "{\"a\":" + digits + "}",
        "Field 'a' must be a decimal(4, 2), but was another value of type string");
  }

  @Test
  void takesTimesAsNumbersAndAsTextAlike() throws Exception {
    String millis = schema(logical("long", "timestamp-millis"));
    String micros = schema(logical("long", "local-timestamp-micros"));

    assertThat(decode(millis, "{\"a\":1630442383000}"))
        .isEqualTo(decode(millis, "{\"a\":\"2021-08-31T20:39:43Z\"}"));
    assertThat(decode(micros, "{\"a\":1630442383000001}"))
        .isEqualTo(decode(micros, "{\"a\":\"2021-08-31T20:39:43.000001\"}"));
    assertThat(
            decode(
                    schema(logical("long", "timestamp-micros")),
                    "{\"a\":\"1969-12-31T23:59:59.5Z\"}")
                .get("a"))
        .isEqualTo(-500_000L);
  }

  @Test
  void takesOnlyWholeUuids() throws Exception {
    String uuid = schema(logical("string", "uuid"));

    assertThat(decode(uuid, "{\"a\":\"6d3ea6ed-9f5e-4c6a-8f1e-0a1b2c3d4e5f\"}").get("a"))
        .isEqualTo(new Utf8("6d3ea6ed-9f5e-4c6a-8f1e-0a1b2c3d4e5f"));
    assertUnfit(
        uuid,
        "{\"a\":\"1-1-1-1-1\"}",
        "Field 'a' must be a UUID, but was another value of type string");
  }

  private static String price(GenericRecord record, String field) {
    var schema = record.getSchema().getField(field).schema();
    var conversion = new Conversions.DecimalConversion();
    Object value = record.get(field);
    BigDecimal decimal =
        value instanceof ByteBuffer bytes
            ? conversion.fromBytes(bytes, schema, schema.getLogicalType())
            : conversion.fromFixed((GenericFixed) value, schema, schema.getLogicalType());
    return decimal.toPlainString();
  }

  private static String decimal(int precision, int scale) {
    return schema(
        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":%d,\"scale\":%d}"
            .formatted(precision, scale));
  }
}
