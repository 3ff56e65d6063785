package dev.sluice.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class JsonTest {
  private final JsonQueryJq jq = new JsonQueryJq();
  private final TryJsonQueryJq tryJq = new TryJsonQueryJq();

  @AfterEach
  void close() {
    jq.close();
    tryJq.close();
  }

  @Test
  void nullIsNull() {
    assertThat(jq.eval(null, ".")).isNull();
    assertThat(jq.eval("{}", null)).isNull();
    assertThat(tryJq.eval(null, ".")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      nullValues = "NULL",
      value = {
        "{\"a\":{\"b\":\"x\"}} ~ .a.b ~ x",
        "{\"a\":1.50} ~ .a ~ 1.50",
        "{\"a\":100.0} ~ .a ~ 100.0",
        "{\"a\":12345678901234567890.123456789} ~ .a ~ 12345678901234567890.123456789",
        "{\"a\":[1, {\"c\": null}]} ~ .a ~ [1,{\"c\":null}]",
        "{\"a\":null} ~ .a ~ NULL",
        "{} ~ .a ~ NULL",
        "{\"a\":[1,2,3]} ~ .a | map(. * 2) | add ~ 12",
        "[3,1,2] ~ sort ~ [1,2,3]",
        "[3,1,2] ~ empty ~ NULL",
        "{\"a\":\"x\"} ~ \"\\(.a)!\" ~ x!",
        "\"AbC\" ~ ascii_downcase ~ abc",
        "{\"p\":700} ~ if .p >= 500 then \"high\" else \"low\" end ~ high"
      })
  void jqVectors(String json, String expression, String expected) {
    assertThat(jq.eval(json, expression)).isEqualTo(expected);
    assertThat(tryJq.eval(json, expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{ ~ . ~ Cannot read JSON: Unexpected end-of-input",
        "'' ~ . ~ Cannot read JSON: there is none",
        "{} {} ~ . ~ Cannot read JSON",
        "{} ~ .a.b.c + 1 | error(\"no\") ~ no",
        "[1,2] ~ .[] ~ it gives more than one value",
        "[1,2] ~ .a ~ Cannot evaluate '.a'",
        "{} ~ now ~ 'now' is not allowed",
        "0 ~ reduce range(1000000000) as $i (0; . + 1) ~ more than 100000 steps",
        "0 ~ [range(1000000000)] ~ more than 100000 steps",
        "0 ~ def f: f; f ~ nested too deep"
      })
  void whatFailsIsAnErrorOrNullAndCounted(String json, String expression, String message) {
    Failing failing = new Failing();
    tryJq.open(failing.context());

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> jq.eval(json, expression))
        .withMessageContaining(message);
    assertThat(tryJq.eval(json, expression)).isNull();
    assertThat(failing.count("TRY_JSON_QUERY_JQ")).isEqualTo(1);
    assertThat(jq.eval("{\"a\":1}", ".a")).as("and works on").isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {".a[", "| |", "$ENV.HOME", "env", "nosuchfunction", "1 | limit(1)"})
  void anExpressionThatIsNoneAlwaysFails(String expression) {
    assertThatIllegalArgumentException().isThrownBy(() -> jq.eval("{}", expression));
    assertThatIllegalArgumentException().isThrownBy(() -> tryJq.eval("{}", expression));
  }

  /** No function in it that could count: only the time ends it. */
  @Test
  void anEvaluationThatTheClockEndsIsNoFailureOfTheRow() {
    String endless =
        "[[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0] as $a | $a | .[] as $b | $a | .[] as $c | $a | .[] as"
            + " $d | $a | .[] as $e | $a | .[] as $f | $a | .[] as $g | $a | .[] as $h | $a | .[]"
            + " as $i"
            + " | $a | .[] as $j | $a | .[] as $k | $a | .[] as $l | $a | .[] as $m | 1 | select0]"
                .replace("select0", "if . == 2 then . else {} | .x | .[]? end")
            + " | .[0]";
    JqThread thread = new JqThread(Duration.ofMillis(100));
    try {
      assertThatIllegalStateException()
          .as("which no TRY_ function makes NULL")
          .isThrownBy(() -> thread.evaluate(new JqQuery(endless), IntNode.valueOf(0)))
          .withMessageEndingWith("has not ended within 100 ms");
    } finally {
      thread.close();
    }
  }

  @Test
  void linearExpressionsRunInPlace() {
    assertThat(List.of(".", ".a", ".a.b", ".[\"a b\"]", ".a // \"none\"", ".a | tonumber"))
        .allMatch(LinearJq::contains);
    assertThat(List.of(".[]", "range(9)", "def f: f; f", ".. ", ".a * .b", "\"\\(.)\"", "recurse"))
        .noneMatch(LinearJq::contains);
  }

  @Test
  void manyExpressionsAndACopyOfTheFunction() throws Exception {
    for (int i = 0; i < 3 * JsonQueryJq.KEPT; i++) {
      assertThat(jq.eval("{\"a" + i + "\":" + i + "}", ".a" + i)).isEqualTo("" + i);
    }
    TryJsonQueryJq copy = InstantiationUtil.clone(tryJq);
    assertThat(copy.eval("[1]", ".[0]")).isEqualTo("1");
    copy.close();
  }

  @Test
  void explodesArrays() {
    assertThat(exploded(null)).isEmpty();
    assertThat(exploded("[]")).isEmpty();
    assertThat(exploded("[\"a\", 2, null, {\"b\": [1]}]"))
        .containsExactly(Row.of(0, "a"), Row.of(1, "2"), Row.of(2, null), Row.of(3, "{\"b\":[1]}"));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> exploded("{}"))
        .withMessage("JSON must be an array, but is of type OBJECT");
    assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> exploded("[1,"));
  }

  @Test
  void tryExplodeCountsWhatIsNoArray() {
    Failing failing = new Failing();
    TryExplodeJson function = new TryExplodeJson();
    function.open(failing.context());
    List<Row> rows = new ArrayList<>();
    function.setCollector(into(rows));

    for (String json : new String[] {"[1]", "{}", "[1", null}) {
      function.eval(json);
    }

    assertThat(rows).containsExactly(Row.of(0, "1"));
    assertThat(failing.count("TRY_EXPLODE_JSON")).isEqualTo(2);
  }

  private static List<Row> exploded(String json) {
    List<Row> rows = new ArrayList<>();
    ExplodeJson function = new ExplodeJson();
    function.setCollector(into(rows));
    function.eval(json);
    return rows;
  }

  private static Collector<Row> into(List<Row> rows) {
    return new Collector<>() {
      @Override
      public void collect(Row row) {
        rows.add(row);
      }

      @Override
      public void close() {}
    };
  }
}
