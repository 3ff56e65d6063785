package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "'', abc, 3",
    "abc, '', 3",
    "abc, abc, 0",
    "flaw, lawn, 2",
    "ab, ba, 2"
  })
  void countsEdits(String from, String to, int edits) {
    assertThat(NearestName.edits(from, to)).isEqualTo(edits);
  }

  @Property
  void editsAreAMetric(
      @ForAll @AlphaChars @StringLength(max = 8) String a,
      @ForAll @AlphaChars @StringLength(max = 8) String b,
      @ForAll @AlphaChars @StringLength(max = 8) String c) {
    assertThat(NearestName.edits(a, b)).isEqualTo(NearestName.edits(b, a));
    assertThat(NearestName.edits(a, b) == 0).isEqualTo(a.equals(b));
    assertThat(NearestName.edits(a, c))
        .isLessThanOrEqualTo(NearestName.edits(a, b) + NearestName.edits(b, c));
    assertThat(NearestName.edits(a, b))
        .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
  }

  @Property
  void oneWrongLetterIsOneEdit(
      @ForAll @AlphaChars @StringLength(min = 1, max = 12) String word,
      @ForAll @IntRange(max = 11) int at) {
    int place = at % word.length();
    String wrong = word.substring(0, place) + "!" + word.substring(place + 1);

    assertThat(NearestName.edits(word, wrong)).isEqualTo(1);
  }

  @Test
  void namesNothingThatIsFar() {
    assertThat(NearestName.to("zzzz", List.of("batch.size"))).isEmpty();
    assertThat(NearestName.to("x", List.of())).isEmpty();
  }
}
