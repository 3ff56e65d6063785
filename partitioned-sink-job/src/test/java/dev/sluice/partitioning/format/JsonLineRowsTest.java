package dev.sluice.partitioning.format;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineRowsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RowEncoder rows = ObjectFormats.jsonLines(Compression.UNCOMPRESSED).rows();

  @Test
  void aRecordIsItsOwnRowWithoutACopy() throws Exception {
    byte[] data = "{ \"b\" : 1.50, \"a\":\"\\u00e9\\n\" }".getBytes(UTF_8);

    assertThat(rows.encode(data, JSON.readTree(data))).isSameAs(data);
  }

  @Test
  void aPrettyPrintedRecordBecomesOneLine() throws Exception {
    assertThat(encode("{\r\n  \"a\": \"x\\ny\"\n}\n")).isEqualTo("{    \"a\": \"x\\ny\" }");
  }

  @Test
  void lineEndsBehindARecordAreLeftOut() throws Exception {
    assertThat(encode("{\"a\":1}\r\n\n")).isEqualTo("{\"a\":1}");
  }

  @Test
  void aByteOrderMarkIsLeftOut() throws Exception {
    assertThat(encode("\ufeff{\"a\":1}")).isEqualTo("{\"a\":1}");
    assertThat(encode("\ufeff{\"a\":\n1}")).isEqualTo("{\"a\": 1}");
  }

  /**
   * A JSON parser takes them; their bytes among lines of UTF-8 would make the object unreadable.
   */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32BE", "UTF-32LE"})
  void jsonInOtherEncodingsDoesNotFit(String encoding) throws Exception {
    byte[] data = "{\"a\":1}".getBytes(Charset.forName(encoding));
    JsonNode json = JSON.readTree(data);

    assertThatExceptionOfType(UnfitRecordException.class)
        .isThrownBy(() -> rows.encode(data, json))
        .withMessage("Record must be UTF-8, but is JSON in another encoding");
  }

  @Test
  void leavesTheRecordItselfAlone() throws Exception {
    byte[] data = "{\n}\n".getBytes(UTF_8);

    rows.encode(data, JSON.readTree(data));

    assertThat(data).asString(UTF_8).isEqualTo("{\n}\n");
  }

  @Test
  void verbatimRowsTakeAnything() throws Exception {
    RowEncoder verbatim = ObjectFormats.verbatim(Compression.UNCOMPRESSED).rows();
    byte[] data = "\n\n{".getBytes(UTF_16LE);

    assertThat(verbatim.readsJson()).isFalse();
    assertThat(verbatim.encode(data, null)).isSameAs(data);
  }

  @Property(tries = 100)
  void everyDocumentIsOneLineOfTheSameValue(@ForAll Map<String, List<Double>> document)
      throws Exception {
    byte[] data = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
    JsonNode json = JSON.readTree(data);

    byte[] row = rows.encode(data, json);

    assertThat(row).doesNotContain('\n', '\r');
    assertThat(JSON.readTree(row)).isEqualTo(json);
  }

  private String encode(String record) throws Exception {
    byte[] data = record.getBytes(UTF_8);
    return new String(rows.encode(data, JSON.readTree(data)), UTF_8);
  }
}
