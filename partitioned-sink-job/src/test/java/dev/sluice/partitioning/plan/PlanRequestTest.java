package dev.sluice.partitioning.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.OptionsTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanRequestTest {
  @TempDir Path folder;

  @Test
  void printsThePlanOfASample() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      int customer = i % 2 == 0 ? 0 : i % 20;
      lines.append(i % 100 == 3 ? "" : "customer_id=" + customer + "/");
      lines
          .append(',')
          .append(1_630_442_383_000L + 10L * i)
          .append(",click ")
          .append(i)
          .append('\n');
    }
    String hostile = "customer_id=\u001b[2J\u202e東京/" + "x".repeat(60) + "/,1630442383000,\n";
    lines.append(hostile.repeat(90)).append("rare/,1630442383000,\nodd/,1630442383000,\n");

    String text = plan(lines.toString(), "--plan.top=3");

    assertThat(text).isEqualTo(Files.readString(Path.of("src/test/resources/plan/golden.txt")));
  }

  @Test
  void saysThatRatesAreAGuessWithoutTimes() throws Exception {
    assertThat(plan("a/,,1\na/,,2\n"))
        .contains("1,000 records/s")
        .contains("(a guess)")
        .contains("WARNING  Rates are a guess");
  }

  @Test
  void takesTheRateOrTheSpanThatIsGiven() throws Exception {
    assertThat(plan("a/,,1\na/,,2\n", "--plan.records-per-second=77"))
        .contains("77.0 records/s")
        .contains("(as given)")
        .doesNotContain("guess");
    assertThat(plan("a/,,1\na/,,2\n", "--plan.span=4 s"))
        .contains("0.50 records/s")
        .contains("(by the span given)");
  }

  @Test
  void readsAnswersOfKinesisWithTheirArrivalTimes() throws Exception {
    String answers =
        answer(record("a/,,1", "1630442383.5"), record("b/,,2", "\"2021-08-31T22:39:45.5+02:00\""))
            + answer(record("b/,,3", "1630442387.5"));

    assertThat(plan(answers, "--plan.form=get-records"))
        .contains("3 records, 0 of them dead letters")
        .contains("0.50 records/s")
        .contains("(by arrival times)");
  }

  @Test
  void refusesFilesThatAreNoSample() throws Exception {
    assertThatThrownBy(() -> plan("\n"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("must hold at least one record that is not dropped");
    assertThatThrownBy(() -> request("--plan.sample=" + folder.resolve("none")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("Option 'plan.sample' must be a file that can be read");
    assertThatThrownBy(() -> request("--plan.sample=" + folder))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("must be a file of at most 256 mb");
    for (String wrong :
        new String[] {"{", "[]", "{\"Records\":[{}]}", "{\"Records\":[{\"Data\":\"%\"}]}"}) {
      assertThatThrownBy(() -> plan(wrong, "--plan.form=get-records"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("Option 'plan.sample' must");
    }
  }

  @Test
  void reportsAllMistakesInOptionsTogether() {
    assertThatThrownBy(
            () -> request("--plan.span=1 h", "--plan.records-per-second=5", "--plan.top=-1"))
        .isInstanceOfSatisfying(
            InvalidOptionException.class, e -> assertThat(e.problems()).hasSize(3))
        .hasMessageContaining("'plan.sample'")
        .hasMessageContaining("must not be set together with 'plan.records-per-second'");
  }

  @Test
  void itsOptionsHaveATable() {
    assertThat(OptionsTable.of(PlanOptions.ALL).markdown())
        .contains("| `plan.sample` | path or URI | required |")
        .contains("| `plan.top` | integer | 20 |");
  }

  private static String record(String line, String arrival) {
    String data = Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_8));
    return "{\"SequenceNumber\":\"1\",\"Data\":\""
        + data
        + "\",\"ApproximateArrivalTimestamp\":"
        + arrival
        + "}";
  }

  private static String answer(String... records) {
    return "{\"Records\":[" + String.join(",", records) + "],\"MillisBehindLatest\":0}\n";
  }

  private String plan(String content, String... options) throws Exception {
    Path file = Path.of("target/plan-sample.txt");
    Files.writeString(file, content);
    String[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = "--plan.sample=" + file;
    return request(all);
  }

  private static String request(String... options) throws Exception {
    PlanRequest request = JobArguments.parse(options, PlanOptions.ALL, PlanRequest::new);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    request.run(
        PlanSettings.of(1 << 20, Duration.ofMinutes(5)).memory(64 << 20, 2),
        new LinePartitioner(),
        new QuarteredRows(),
        new PrintStream(out, false, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }
}
