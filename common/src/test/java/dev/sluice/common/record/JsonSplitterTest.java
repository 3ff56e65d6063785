package dev.sluice.common.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSplitterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final JsonSplitter splitter = new JsonSplitter();

  @Test
  void takesObjectsApartWithAndWithoutSeparators() throws Exception {
    assertThat(Taken.from(splitter, "{\"a\":1}{\"a\":2}").texts())
        .containsExactly("{\"a\":1}", "{\"a\":2}");
    assertThat(Taken.from(splitter, "\n{\"a\":1}\r\n \t{\"a\":2}\n").texts())
        .containsExactly("{\"a\":1}", "{\"a\":2}");
  }

  @Test
  void givesASingleObjectWithoutCopyingIt() throws Exception {
    byte[] data = "{\"a\":{\"b\":[1,{}]}}".getBytes(UTF_8);

    assertThat(Taken.from(splitter, data).pieces).singleElement().isSameAs(data);
  }

  @Test
  void doesNotTakeBracesInStringsForStructure() throws Exception {
    String tricky = "{\"}{\":\"\\\"}{\\\\\"}";

    assertThat(Taken.from(splitter, tricky + tricky).texts()).containsExactly(tricky, tricky);
  }

  @Test
  void leavesOutAByteOrderMark() throws Exception {
    Taken taken = Taken.from(splitter, "\ufeff{\"a\":1}");

    assertThat(taken.texts()).containsExactly("{\"a\":1}");
    assertThat(taken.broken).isEmpty();
  }

  @Test
  void keepsHealthyObjectsBeforeABrokenOneAndTheRestAsOneFailure() throws Exception {
    Taken taken = Taken.from(splitter, "{\"a\":1} {\"b\":2}{\"c\": {\"d\":3}");

    assertThat(taken.texts()).containsExactly("{\"a\":1}", "{\"b\":2}");
    assertThat(taken.brokenTexts()).containsExactly("{\"c\": {\"d\":3}");
    assertThat(taken.reasons)
        .containsExactly("JSON object that begins at byte 15 of the record does not end");
  }

  @Test
  void leavesItToTheParserToRejectABalancedObjectSoThatItsNeighboursLive() throws Exception {
    assertThat(Taken.from(splitter, "{\"a\":1}{b:}{\"c\":3}").texts())
        .containsExactly("{\"a\":1}", "{b:}", "{\"c\":3}");
  }

  @Test
  void sendsAnArrayOfObjectsBackAsAWhole() throws Exception {
    Taken taken = Taken.from(splitter, "[{\"a\":1},{\"a\":2}]");

    assertThat(taken.pieces).isEmpty();
    assertThat(taken.brokenTexts()).containsExactly("[{\"a\":1},{\"a\":2}]");
    assertThat(taken.reasons)
        .containsExactly("JSON object must begin with '{', but byte 0 of the record is 0x5b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\r\n\t", "\ufeff", "\ufeff \n"})
  void aRecordWithoutAnyObjectIsBrokenNotGone(String nothing) throws Exception {
    assertThat(Taken.from(splitter, nothing).brokenTexts()).containsExactly(nothing);
  }

  @Test
  void splitsHundredThousandsOfObjectsInOneRecord() throws Exception {
    assertThat(Taken.from(splitter, "{}".repeat(300_000)).pieces).hasSize(300_000);
  }

  @Test
  void survivesNestingThatWouldOverflowAStack() throws Exception {
    String deep = "[".repeat(1_000_000);

    assertThat(Taken.from(splitter, "{\"a\":" + deep).brokenTexts()).hasSize(1);
    assertThat(Taken.from(splitter, "{\"a\":" + deep + "]".repeat(1_000_000) + "}{}").pieces)
        .hasSize(2);
  }

  @Property(tries = 5_000)
  void losesNoByteOfAnything(@ForAll("shreds") byte[] data) throws Exception {
    Taken taken = Taken.from(splitter, data);

    assertThat(withoutSpace(taken.joined()))
        .isEqualTo(withoutSpace(withoutMark(new String(data, ISO_8859_1), taken)));
    assertThat(taken.pieces.size() + taken.broken.size()).isPositive();
    assertThat(taken.broken.size()).isLessThanOrEqualTo(1);
    assertThat(taken.pieces).allMatch(piece -> piece[0] == '{');
  }

  @Property(tries = 300)
  void findsTheObjectsThatAJsonParserFinds(
      @ForAll("documents") List<Map<String, Object>> documents,
      @ForAll("separators") String separator)
      throws Exception {
    List<String> written = new ArrayList<>();
    for (Map<String, Object> document : documents) {
      written.add(JSON.writeValueAsString(document));
    }
    String record = separator + String.join(separator, written) + separator;

    Taken taken = Taken.from(splitter, record);

    List<JsonNode> expected = new ArrayList<>();
    try (MappingIterator<JsonNode> nodes = JSON.readerFor(JsonNode.class).readValues(record)) {
      nodes.forEachRemaining(expected::add);
    }
    assertThat(taken.texts()).isEqualTo(written);
    assertThat(taken.broken).isEmpty();
    assertThat(expected).hasSameSizeAs(taken.pieces);
  }

  /** Bytes of which most mean something in JSON. */
  @Provide
  Arbitrary<byte[]> shreds() {
    Arbitrary<Byte> telling =
        Arbitraries.of('{', '}', '[', ']', '"', '\\', ' ', '\n', ':', 'a')
            .map(c -> (byte) (char) c);
    return Arbitraries.frequencyOf(Tuple.of(9, telling), Tuple.of(1, Arbitraries.bytes()))
        .array(byte[].class)
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Map<String, Object>>> documents() {
    Arbitrary<String> text =
        Arbitraries.strings().withChars("{}[]\"\\ \n,:aé\u2028").ofMaxLength(12);
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            text.map(Object.class::cast),
            Arbitraries.integers().map(Object.class::cast),
            Arbitraries.of(true, false).map(Object.class::cast));
    Arbitrary<Object> value =
        Arbitraries.recursive(
            () -> leaf,
            inner ->
                Arbitraries.oneOf(
                    inner.list().ofMaxSize(3).map(Object.class::cast),
                    Arbitraries.maps(text, inner).ofMaxSize(3).map(Object.class::cast)),
            3);
    return Arbitraries.maps(text, value).ofMaxSize(4).list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> separators() {
    return Arbitraries.strings().withChars(" \t\r\n").ofMaxLength(3);
  }

  /** White space inside of pieces stays; for the comparison none counts. */
  private static String withoutSpace(String bytes) {
    return bytes.replaceAll("[ \t\r\n]", "");
  }

  private static String withoutMark(String bytes, Taken taken) {
    boolean leftOut =
        bytes.startsWith("\u00ef\u00bb\u00bf") && !taken.joined().startsWith("\u00ef");
    return leftOut ? bytes.substring(3) : bytes;
  }
}
