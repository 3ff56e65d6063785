package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobOptionTest {
  private enum Mode {
    BOUNDED,
    CONTINUOUS_MONITORING
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "size",
        "Batch.size",
        "batch.Size",
        "batch..size",
        "batch.-size",
        "batch.size-",
        "a b.c",
        ""
      })
  void refusesKeyOfAnotherForm(String key) {
    assertThatThrownBy(() -> JobOption.ofInt(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("group.name");
  }

  @ParameterizedTest
  @CsvSource({
    "10 s, 10000",
    "10s, 10000",
    "PT10S, 10000",
    "pt1m, 60000",
    "0, 0",
    "5min, 300000",
    "-1 s, -1000",
    "1500 ms, 1500"
  })
  void readsDurationsInFlinkAndIsoForm(String text, long millis) {
    assertThat(JobOption.ofDuration("a.b").parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10", "ten s", "P", "10 lightyears", "", "99999999999999999999 s", "1.5 s"})
  void refusesDurationWithoutUnitOrNumber(String text) {
    assertThatThrownBy(() -> JobOption.ofDuration("a.b").parse(text))
        .isInstanceOf(RuleBrokenException.class)
        .hasMessageContaining("duration with its unit");
  }

  @Test
  void readsMemorySizesWithUnitOnly() {
    JobOption<MemorySize> option = JobOption.ofMemorySize("a.b");

    assertThat(option.parse("16 mb")).isEqualTo(MemorySize.ofMebiBytes(16));
    assertThat(option.defaultTo(MemorySize.ofMebiBytes(16)).defaultWords()).isEqualTo("16 mb");
    assertThatThrownBy(() -> option.parse("16")).hasMessageContaining("size with its unit");
  }

  @Test
  void readsEnumInAnyCaseAndNamesAllowedWords() {
    JobOption<Mode> option = JobOption.ofEnum("a.b", Mode.class);

    assertThat(option.parse("continuous-monitoring")).isEqualTo(Mode.CONTINUOUS_MONITORING);
    assertThat(option.parse("CONTINUOUS_MONITORING")).isEqualTo(Mode.CONTINUOUS_MONITORING);
    assertThatThrownBy(() -> option.parse("both"))
        .hasMessage("must be one of bounded, continuous-monitoring");
  }

  @Test
  void readsListsWithoutEmptyWords() {
    assertThat(JobOption.ofStrings("a.b").parse(" .jpg, .jpeg ,,"))
        .isEqualTo(List.of(".jpg", ".jpeg"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "", "tru"})
  void takesNothingButTrueAndFalseAsBoolean(String text) {
    assertThatThrownBy(() -> JobOption.ofBoolean("a.b").parse(text))
        .hasMessage("must be 'true' or 'false'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "1e999", "half"})
  void refusesNumbersThatAreNotFinite(String text) {
    assertThatThrownBy(() -> JobOption.ofDouble("a.b").parse(text)).hasMessageContaining("finite");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"in/a b/ä%.jpg", "/abs", "s3://bucket/key with space", "file:///x", "C:\\x"})
  void takesPathsAndUrisAsLocation(String text) {
    assertThat(JobOption.ofLocation("a.b").parse(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "s3://buc ket/x"})
  void refusesLocationWithoutNameOrWithBrokenBucket(String text) {
    assertThatThrownBy(() -> JobOption.ofLocation("a.b").parse(text))
        .hasMessageContaining("path or a URI");
  }

  @Test
  void keepsWhiteSpaceOfStrings() {
    assertThat(JobOption.ofString("a.b").parse("\t ")).isEqualTo("\t ");
  }

  @Test
  void refusesDefaultOutsideOfItsRangeInEitherOrder() {
    assertThatThrownBy(() -> JobOption.ofInt("a.b").between(1, 4).defaultTo(5))
        .hasMessage("Default of option 'a.b' must be between 1 and 4");
    assertThatThrownBy(() -> JobOption.ofInt("a.b").defaultTo(5).between(1, 4))
        .hasMessage("Default of option 'a.b' must be between 1 and 4");
  }

  @Test
  void checksBoundsOfDurationsInTheirOwnOrder() {
    JobOption<Duration> option =
        JobOption.ofDuration("a.b").between(Duration.ofSeconds(1), Duration.ofMinutes(1));

    assertThat(option.parse("60 s")).isEqualTo(Duration.ofMinutes(1));
    assertThatThrownBy(() -> option.parse("999 ms")).hasMessage("must be between 1 s and 1 min");
  }

  @Test
  void knowsSignsOfNumbersDurationsAndSizes() {
    assertThatThrownBy(() -> JobOption.ofDuration("a.b").positive().parse("0"))
        .hasMessage("must be positive");
    assertThatThrownBy(() -> JobOption.ofDouble("a.b").positive().parse("-0.001"))
        .hasMessage("must be positive");
    assertThatThrownBy(() -> JobOption.ofLong("a.b").notNegative().parse("-1"))
        .hasMessage("must not be negative");
    assertThatThrownBy(() -> JobOption.ofMemorySize("a.b").positive().parse("0 b"))
        .hasMessage("must be positive");
    assertThat(JobOption.ofDouble("a.b").positive().parse("0.001")).isEqualTo(0.001);
    assertThatThrownBy(() -> JobOption.ofString("a.b").positive().parse("x"))
        .hasMessageContaining("no sign");
  }

  @Test
  void changesNothingInTheOptionThatItIsMadeFrom() {
    JobOption<Integer> plain = JobOption.ofInt("a.b");

    JobOption<Integer> checked =
        plain.between(1, 4).defaultTo(2).unit("images").describedAs("text");

    assertThat(plain.parse("5")).isEqualTo(5);
    assertThat(plain.defaultValue()).isEmpty();
    assertThat(plain.range()).isEmpty();
    assertThat(checked.range()).isEqualTo("images, between 1 and 4");
  }

  @Test
  void matchesWholeSecretWithoutShowingIt() {
    JobOption<Secret> option =
        JobOption.ofSecret("a.b").matching("[0-9]{4}", "must be four digits");

    assertThat(option.parse("1234").reveal()).isEqualTo("1234");
    assertThatThrownBy(() -> option.parse("12345")).hasMessage("must be four digits").hasNoCause();
  }

  @Property
  void readsBackEveryDurationThatItPrints(
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long millis) {
    Duration duration = Duration.ofMillis(millis);

    String printed = JobOption.ofDuration("a.b").defaultTo(duration).defaultWords();

    assertThat(JobOption.ofDuration("a.b").parse(printed)).isEqualTo(duration);
  }

  @Property
  void readsBackEveryMemorySizeThatItPrints(@ForAll @LongRange(min = 0) long bytes) {
    String printed = JobOption.ofMemorySize("a.b").defaultTo(new MemorySize(bytes)).defaultWords();

    assertThat(JobOption.ofMemorySize("a.b").parse(printed).getBytes()).isEqualTo(bytes);
  }
}
