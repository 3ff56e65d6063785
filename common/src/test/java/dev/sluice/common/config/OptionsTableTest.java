package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTableTest {
  private static final JobOption<Integer> SIZE =
      JobOption.ofInt("batch.size")
          .defaultTo(16)
          .between(1, 1024)
          .unit("images")
          .describedAs("Images in one forward pass.");
  private static final JobOption<Duration> AGE =
      JobOption.ofDuration("batch.max-age")
          .defaultTo(Duration.ofMillis(200))
          .positive()
          .describedAs(
              "How long the first image of a batch waits for others | at most, whatever else may happen in the meantime.");
  private static final JobOption<String> INPUT =
      JobOption.ofLocation("input.path")
          .defaultDescribedAs("sample-data in a local run")
          .describedAs("Where images are.");
  private static final List<JobOption<?>> OPTIONS = List.of(SIZE, AGE, INPUT);

  @Test
  void writesOneMarkdownRowPerOption() {
    assertThat(OptionsTable.of(OPTIONS).markdown())
        .isEqualTo(
            """
            | Option | Type | Default | Unit, range | Description |
            | --- | --- | --- | --- | --- |
            | `batch.size` | integer | 16 | images, between 1 and 1024 | Images in one forward pass. |
            | `batch.max-age` | duration | 200 ms | positive | How long the first image of a batch waits for others \\| at most, whatever else may happen in the meantime. |
            | `input.path` | path or URI | sample-data in a local run |  | Where images are. |
            """);
  }

  @Test
  void findsNoDifferenceInAReadmeThatHoldsTheTableInOtherWidths() {
    String readme =
        "# Title\n\n| a | b |\n| --- | --- |\n| x | y |\n\n"
            + OptionsTable.of(OPTIONS).markdown().replace(" | ", "    | ")
            + "\ntext\n";

    assertThat(OptionsTable.of(OPTIONS).differencesFrom(readme)).isEmpty();
  }

  @Test
  void namesEveryDifferenceFromAReadme() {
    String old =
        OptionsTable.of(List.of(SIZE, JobOption.ofInt("batch.gone"), INPUT))
            .markdown()
            .replace("1024", "512");

    assertThat(OptionsTable.of(OPTIONS).differencesFrom(old))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("Row `batch.size` is "))
        .anyMatch(line -> line.startsWith("No row for `batch.max-age`"))
        .anyMatch(line -> line.startsWith("Row `batch.gone` is about no option"));
    assertThat(OptionsTable.of(OPTIONS).differencesFrom("no table here")).hasSize(3);
    assertThat(
            OptionsTable.of(OPTIONS)
                .differencesFrom(OptionsTable.of(List.of(AGE, SIZE, INPUT)).markdown()))
        .singleElement()
        .asString()
        .contains("another order");
  }

  @Test
  void wrapsAt80ColumnsWithoutLosingAWord() {
    JobOption<String> longKey =
        JobOption.ofString("a-very-long-group-name.and-a-very-long-option-name")
            .describedAs("x".repeat(150));

    String table = OptionsTable.of(List.of(SIZE, AGE, INPUT, longKey)).plain();

    assertThat(table.lines()).allMatch(line -> line.length() <= 80);
    assertThat(table)
        .contains("--batch.size")
        .contains("integer")
        .contains("meantime.")
        .contains("sample-data");
    assertThat(
            table
                .lines()
                .filter(line -> line.contains("xxx"))
                .mapToInt(line -> (int) line.chars().filter(c -> c == 'x').count())
                .sum())
        .isEqualTo(150);
  }

  @Test
  void tellsRulesWithoutTheWordMust() {
    assertThat(JobOption.ofInt("a.b").notNegative().range()).isEqualTo("not negative");
    assertThat(JobOption.ofString("a.b").matching("x+", "must match 'x+'").range())
        .isEqualTo("match 'x+'");
  }

  @Test
  void writesAParagraphPerOptionForATerminal() {
    assertThat(OptionsTable.of(OPTIONS).plain())
        .isEqualTo(
            """
            --batch.size  (integer, images, between 1 and 1024)
                Images in one forward pass.
                Default: 16
            --batch.max-age  (duration, positive)
                How long the first image of a batch waits for others | at most, whatever
                else may happen in the meantime.
                Default: 200 ms
            --input.path  (path or URI)
                Where images are.
                Default: sample-data in a local run
            """);
    assertThat(OptionsTable.of(List.of()).plain()).isEmpty();
  }
}
