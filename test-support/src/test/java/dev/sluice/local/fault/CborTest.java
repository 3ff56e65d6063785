package dev.sluice.local.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {
  /** From appendix A of RFC 8949. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "00 | 0",
        "17 | 23",
        "1818 | 24",
        "1903e8 | 1000",
        "1a000f4240 | 1000000",
        "1b000000e8d4a51000 | 1000000000000",
        "20 | -1",
        "3903e7 | -1000",
        "f4 | false",
        "f5 | true",
        "f6 | null",
        "60 | \"\"",
        "62c3bc | \"ü\"",
        "7f657374726561646d696e67ff | \"streaming\"",
        "4401020304 | \"AQIDBA==\"",
        "5f42010243030405ff | \"AQIDBAU=\"",
        "80 | []",
        "8301820203820405 | [1,[2,3],[4,5]]",
        "9f018202039f0405ffff | [1,[2,3],[4,5]]",
        "a0 | {}",
        "a26161016162820203 | {\"a\":1,\"b\":[2,3]}",
        "bf61610161629f0203ffff | {\"a\":1,\"b\":[2,3]}",
      })
  void readsWhatTheStandardShows(String hex, String json) throws Exception {
    assertThat(Cbor.read(HexFormat.of().parseHex(hex))).hasToString(json);
  }

  @Test
  void readsWhatItWrites() throws Exception {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("text", "日本 \ud83d\ude80".repeat(300)).put("bytes", new byte[70_000]).putNull("none");
    tree.put("negative", -5_000_000_000L).put("large", Long.MAX_VALUE).put("yes", true);
    tree.putArray("list").add(1).addObject().put("no", false);

    JsonNode read = Cbor.read(Cbor.write(tree));

    assertThat(read).hasToString(tree.toString());
    assertThat(read.path("bytes").isBinary()).isTrue();
  }

  /** Half an item, two items, a date, a string longer than its message. */
  @ParameterizedTest
  @ValueSource(strings = {"83 01", "01 02", "c1 00", "7b 7f ff ff ff ff ff ff ff 61", "9f 01"})
  void refusesWhatItDoesNotKnow(String hex) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);

    assertThatThrownBy(() -> Cbor.read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("CBOR");
  }
}
