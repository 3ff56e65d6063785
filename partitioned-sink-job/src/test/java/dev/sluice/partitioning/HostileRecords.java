package dev.sluice.partitioning;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Records that want to leave the root, to collide, to crash the job, or that are broken. */
final class HostileRecords {
  private static final String WORST =
      "./\\:=%{}!~ \u0000\n\r\t\u007f\u0085\u202e\ufeff\ud83d\ude00e\u0301";

  private static final List<String> KNOWN =
      List.of(
          "",
          ".",
          "..",
          "...",
          "../../../evil",
          "/etc/passwd",
          "s3://evil/x",
          "..\\..\\evil",
          "%2E%2E",
          "%2F",
          "%",
          "a/b",
          "a=b",
          "a:b",
          "2021-08-31T22:39:43Z",
          "__HIVE_DEFAULT_PARTITION__",
          "!{timestamp:yyyy}",
          "!{firehose:random-string}",
          "!{",
          "}",
          "\ud800",
          "\udc00x",
          "x\ud83d",
          "\u0000",
          "\u2028",
          " ",
          " a ",
          "a.",
          "NUL",
          "x".repeat(255),
          "x".repeat(256),
          "ü".repeat(128),
          "\u0001".repeat(100),
          "x".repeat(5_000),
          "\ud83d\ude00".repeat(64));

  private HostileRecords() {}

  /** Anything that a producer may send. */
  static Arbitrary<byte[]> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, withKey(values().map(HostileRecords::quoted))),
        Tuple.of(
            2,
            withKey(
                Arbitraries.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1e999",
                    "1e-999",
                    "123456789012345678901234567890",
                    "NaN",
                    "[]",
                    "{}",
                    "[\"..\"]",
                    "{\"a\":\"/\"}",
                    "\"\\ud800\"",
                    "\"\\u0000\""))),
        Tuple.of(1, truncated()),
        Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(64)),
        Tuple.of(1, broken()));
  }

  /** Values of keys. */
  static Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.of(KNOWN),
        Arbitraries.strings().ofMaxLength(40),
        Arbitraries.strings().withChars(WORST).ofMaxLength(20));
  }

  private static Arbitrary<byte[]> withKey(Arbitrary<String> key) {
    Arbitrary<String> time =
        Arbitraries.of(
            "1630442383",
            "-1",
            "0",
            "1e30",
            "9223372036854775807",
            "-9223372036854775808",
            "0.5",
            "\"1630442383\"",
            "\"soon\"",
            "null",
            "[]",
            "253402300800",
            "1e18");
    return Combinators.combine(key, time)
        .as((k, t) -> ("{\"k\": " + k + ", \"at\": " + t + "}").getBytes(UTF_8));
  }

  private static Arbitrary<byte[]> truncated() {
    return Combinators.combine(
            withKey(values().map(HostileRecords::quoted)), Arbitraries.doubles().between(0, 1))
        .as((record, share) -> Arrays.copyOf(record, (int) (record.length * share)));
  }

  private static Arbitrary<byte[]> broken() {
    Arbitrary<String> texts =
        Arbitraries.of(
            "",
            " ",
            "null",
            "[]",
            "\"text\"",
            "{}",
            "{\"k\"}",
            "{\"k\": \"a\"} {\"k\": \"b\"}",
            "\u00ef\u00bb\u00bf{\"k\": \"bom\", \"at\": 1}",
            "{\"k\": \"a\", \"k\": \"b\", \"at\": 1}",
            "{\"k\": \"\u00ff\u00c0\u0080\", \"at\": 1}",
            "[".repeat(10_000),
            "{\"a\":".repeat(10_000),
            "{\"k\": \"a\", \"at\": 1, \"x\": " + "[".repeat(900),
            "{\"k\": 'a', \"at\": 1}",
            "{k: 1}",
            "{\"k\": \"a\", \"at\": 1,}",
            "\u001f\u008b\u0008\u0000",
            "\u00f3\u0089\u009a\u00c2" + "x".repeat(40),
            "\u0000\u0000{\u0000",
            "{\u0000\"\u0000k\u0000",
            "\u0000{\u0000}",
            "{\u0000}\u0000",
            "\u00ff\u00fe{\u0000}\u0000",
            "\u0000\u0000\u0000{",
            "drop me",
            "fail me");
    return texts.map(text -> text.getBytes(ISO_8859_1));
  }

  /** As JSON; a lone surrogate, which UTF-8 cannot say, as an escape. */
  private static String quoted(String value) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean pair = i + 1 < value.length() && Character.isSurrogatePair(c, value.charAt(i + 1));
      if (pair) {
        json.append(c).append(value.charAt(++i));
      } else if (Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        JsonStringEncoder.getInstance().quoteAsString(String.valueOf(c), json);
      }
    }
    return json.append('"').toString();
  }
}
