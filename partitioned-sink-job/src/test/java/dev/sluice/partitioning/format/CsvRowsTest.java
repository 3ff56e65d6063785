package dev.sluice.partitioning.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void writesTheColumnsInTheirOrder() throws Exception {
    assertThat(row("{\"b\":2,\"a\":1,\"c\":3}", "a", "b")).isEqualTo("1,2");
  }

  @Test
  void findsNestedValuesByPointer() throws Exception {
    assertThat(
            row(
                "{\"type\":{\"device\":\"mobile\",\"ids\":[7,8]}}",
                "device=/type/device",
                "id=/type/ids/1"))
        .isEqualTo("mobile,8");
    assertThat(row("{\"a/b\":1,\"a\":{\"b\":2}}", "a/b", "c=/a~1b", "d=/a/b")).isEqualTo("1,1,2");
  }

  @Test
  void quotesAsTheRfcSays() throws Exception {
    assertThat(row("{\"a\":\"x,y\",\"b\":\"say \\\"hi\\\"\",\"c\":\"1\\r\\n2\"}", "a", "b", "c"))
        .isEqualTo("\"x,y\",\"say \"\"hi\"\"\",\"1\r\n2\"");
    assertThat(row("{\"a\":\" x\",\"b\":\"x \"}", "a", "b")).isEqualTo("\" x\",\"x \"");
  }

  @Test
  void tellsNullFromTheEmptyString() throws Exception {
    assertThat(row("{\"a\":null,\"b\":\"\",\"d\":1}", "a", "b", "c", "d")).isEqualTo(",\"\",,1");
  }

  @Test
  void aLineOfNothingIsNotAnEmptyLineThatReadersSkip() throws Exception {
    assertThat(row("{\"a\":null}", "a")).isEqualTo("\"\"");
  }

  @Test
  void numbersKeepEveryDigit() throws Exception {
    assertThat(
            row(
                "{\"a\":12345678901234567.89,\"b\":1.50,\"c\":123456789012345678901234567890,"
                    + "\"d\":[0.10],\"e\":true}",
                "a",
                "b",
                "c",
                "d",
                "e"))
        .isEqualTo("12345678901234567.89,1.50,123456789012345678901234567890,[0.10],true");
  }

  @Test
  void objectsAndArraysAreCompactJson() throws Exception {
    assertThat(row("{\"a\":{ \"b\": [1, \"x\"] }}", "a"))
        .isEqualTo("\"{\"\"b\"\":[1,\"\"x\"\"]}\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"a\"", "null"})
  void onlyObjectsFit(String record) {
    assertThatExceptionOfType(UnfitRecordException.class)
        .isThrownBy(() -> row(record, "a"))
        .withMessage("Record must be a JSON object");
  }

  @Test
  void textThatUtf8CannotHoldDoesNotFit() {
    assertThatExceptionOfType(UnfitRecordException.class)
        .isThrownBy(() -> row("{\"a\":\"\\ud800\"}", "a"))
        .withMessage("Record holds half a surrogate pair, which UTF-8 cannot");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=/a", "a=b", "a="})
  void rejectsColumnsThatAreNone(String column) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CsvColumn.parse(column))
        .withMessageContaining("but was '" + column + "'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectFormats.csv(List.of(), Compression.GZIP))
        .withMessage("CSV must have at least one column");
  }

  @Test
  void onlyObjectsWithoutHeaderAreConcatenable() {
    List<CsvColumn> columns = columns("a");

    assertThat(ObjectFormats.csv(columns, Compression.GZIP).objects().isConcatenable()).isTrue();
    assertThat(ObjectFormats.csvWithHeader(columns, Compression.GZIP).objects().isConcatenable())
        .isFalse();
    assertThat(ObjectFormats.csv(columns, Compression.GZIP).objects().extension())
        .isEqualTo(".csv.gz");
  }

  @Test
  void writesTheHeaderOnce() throws Exception {
    RecordFormat format =
        ObjectFormats.csvWithHeader(columns("a", "b,c=/b"), Compression.UNCOMPRESSED);

    byte[] object = ListRows.write(format.objects(), List.of("1,2".getBytes(UTF_8)));

    assertThat(object).asString(UTF_8).isEqualTo("a,\"b,c\"\r\n1,2\r\n");
  }

  @Test
  void duckDbReadsWhatWasWritten() throws Exception {
    RecordFormat format =
        InstantiationUtil.clone(
            ObjectFormats.csvWithHeader(columns("id", "text", "n=/x/n"), Compression.GZIP));
    List<byte[]> rows = new ArrayList<>();
    for (String record :
        List.of(
            "{\"id\":1,\"text\":\"a,b\\n\\\"c\\\"\",\"x\":{\"n\":1.5}}",
            "{\"id\":2,\"text\":\"é😀\"}")) {
      rows.add(format.rows().encode(record.getBytes(UTF_8), JSON.readTree(record)));
    }
    Path object = folder.resolve("object.csv.gz");
    Files.write(object, ListRows.write(format.objects(), rows));

    assertThat(DuckDb.query("SELECT id, text, n FROM read_csv('" + object + "')"))
        .containsExactly(List.of("1", "a,b\n\"c\"", "1.5"), Arrays.asList("2", "é😀", null));
  }

  /** A reader after the RFC's grammar gives back any text, whatever stands in it. */
  @Property(tries = 2_000)
  void givesBackAnyText(@ForAll("texts") @Size(min = 1, max = 5) List<String> texts)
      throws Exception {
    ObjectNode record = JSON.createObjectNode();
    String[] columns = new String[texts.size()];
    for (int i = 0; i < texts.size(); i++) {
      columns[i] = "c" + i;
      record.put(columns[i], texts.get(i));
    }

    assertThat(parse(row(record.toString(), columns))).isEqualTo(texts);
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.strings().withChars("a \",;\r\n\t'é\\").ofMaxLength(8).list();
  }

  private static List<String> parse(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        boolean escaped = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
        quoted = escaped || !quoted;
        i += escaped ? 1 : 0;
        field.append(escaped ? "\"" : "");
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  private static String row(String record, String... columns) throws Exception {
    byte[] data = record.getBytes(UTF_8);
    RowEncoder rows = ObjectFormats.csv(columns(columns), Compression.UNCOMPRESSED).rows();
    return new String(rows.encode(data, JSON.readTree(data)), UTF_8);
  }

  private static List<CsvColumn> columns(String... columns) {
    return Arrays.stream(columns).map(CsvColumn::parse).toList();
  }
}
