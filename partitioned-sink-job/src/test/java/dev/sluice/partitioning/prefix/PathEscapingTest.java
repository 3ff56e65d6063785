package dev.sluice.partitioning.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathEscapingTest {
  @ParameterizedTest
  @CsvSource({
    "1234, 1234",
    "../../etc, ..%2F..%2Fetc",
    ".., %2E.",
    "., %2E",
    "..., ...",
    "a:b=c, a%3Ab%3Dc",
    "50%, 50%25",
    "!{timestamp:yyyy}, !%7Btimestamp%3Ayyyy%7D",
    "Zürich 東京, Zürich 東京",
    "__HIVE_DEFAULT_PARTITION__, %5F_HIVE_DEFAULT_PARTITION__"
  })
  void escapesAsHiveDoesAndWhatWouldLeaveItsPlace(String value, String name) {
    assertThat(PathEscaping.escape(value)).isEqualTo(name);
    assertThat(PathEscaping.unescape(name)).isEqualTo(value);
  }

  @Test
  void emptyValueHasHivesName() {
    assertThat(PathEscaping.escape("")).isEqualTo("__HIVE_DEFAULT_PARTITION__");
    assertThat(PathEscaping.unescape("__HIVE_DEFAULT_PARTITION__")).isEmpty();
  }

  @Test
  void halfOfASurrogatePairIsKeptApartFromAllOthers() {
    assertThat(PathEscaping.escape("a\ud83d")).isEqualTo("a%ED%A0%BD");
    assertThat(PathEscaping.escape("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
  }

  @Property(tries = 10_000)
  void isReversibleAndStaysInItsPlace(@ForAll("hostile") String value) {
    String name = PathEscaping.escape(value);

    assertThat(PathEscaping.unescape(name)).isEqualTo(value);
    assertThat(name).isNotEmpty().isNotIn(".", "..").doesNotContain("/", "\\", "{", "}", ":", "=");
    assertThat(name.chars().noneMatch(c -> c < 0x20 || c == 0x7f)).isTrue();
  }

  @Property(tries = 10_000)
  void differentValuesHaveDifferentNames(
      @ForAll("hostile") String one, @ForAll("hostile") String other) {
    assertThat(PathEscaping.escape(one).equals(PathEscaping.escape(other)))
        .isEqualTo(one.equals(other));
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(12),
        Arbitraries.strings().withChars("./%\\:={}!_\u0000\n\u007f2EF\ud83d\ude00").ofMaxLength(8),
        Arbitraries.of(PathEscaping.EMPTY, "", ".", "..", "%2E", "%", "%5F"));
  }
}
