package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a value holds, the statement keeps its shape, and the value comes out as it went in. */
class VariablesPropertyTest {
  private static final String TEMPLATE =
      "INSERT INTO ${v} SELECT ${v:string}, 'a${v}b', `c${v}d`, t.${v} /*+ OPTIONS('k' = '${v}') */"
          + " FROM t WHERE a = 'x' -- ${v}\nAND b";

  @Property(tries = 2000, seed = "20260101")
  void hostileValuesStayValues(@ForAll("hostile") String value) throws Exception {
    ResolvedStatement filled = resolve(value);
    ResolvedStatement harmless = resolve("v");

    List<Token> tokens = Tokenizer.read(filled.sql()).tokens();
    List<Token> expected = Tokenizer.read(harmless.sql()).tokens();
    assertThat(tokens)
        .extracting(token -> token.kind)
        .isEqualTo(expected.stream().map(token -> token.kind).toList());
    assertThat(Tokenizer.read(filled.sql()).remarks()).isEmpty();
    assertThat(tokens.get(2).name()).isEqualTo(value);
    assertThat(unquoted(tokens.get(4))).isEqualTo(value);
    assertThat(unquoted(tokens.get(6))).isEqualTo("a" + value + "b");
    assertThat(tokens.get(8).name()).isEqualTo("c" + value + "d");
  }

  @Property(tries = 500, seed = "20260101")
  void numbersAreNumbersOrRefused(@ForAll("hostile") String value) {
    assertThat(VariableType.NUMBER.refuses(value))
        .satisfiesAnyOf(
            refusal -> assertThat(refusal).isPresent(),
            refusal -> assertThat(Double.parseDouble(value)).isFinite());
  }

  private static ResolvedStatement resolve(String value) throws InvalidScriptException {
    return SqlProgram.of("s", TEMPLATE)
        .resolve(VariableValues.of(Map.of("v", value), "test"), new Secrets())
        .get(0);
  }

  private static String unquoted(Token token) {
    assertThat(token.kind).isEqualTo(Token.Kind.STRING);
    return token.text.substring(1, token.text.length() - 1).replace("''", "'");
  }

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "'",
            "''",
            "`",
            "``",
            "\"",
            "\\",
            "--",
            "/*",
            "*/",
            "/*+",
            ";",
            "\n",
            "\r",
            "${v}",
            "$${",
            "${",
            "}",
            "(",
            ")",
            "1",
            "-1",
            " ",
            "DROP TABLE t",
            "x",
            "é",
            "\u0000",
            "U&",
            "\uD83D\uDE00");
    return pieces.list().ofMinSize(1).ofMaxSize(8).map(list -> String.join("", list));
  }
}
