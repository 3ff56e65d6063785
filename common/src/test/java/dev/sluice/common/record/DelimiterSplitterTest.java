package dev.sluice.common.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelimiterSplitterTest {
  private final DelimiterSplitter lines = new DelimiterSplitter(new byte[] {'\n'});

  @Test
  void takesRecordsApartAtTheDelimiter() throws Exception {
    assertThat(Taken.from(lines, "a\nb b\nc").texts()).containsExactly("a", "b b", "c");
  }

  @Test
  void takesFirehosesDelimiterInBase64() throws Exception {
    DelimiterSplitter hashes = DelimiterSplitter.ofBase64("IyMjIw==");

    assertThat(Taken.from(hashes, "a####b###c####").texts()).containsExactly("a", "b###c");
  }

  @Test
  void makesNothingOfNothingBetweenDelimiters() throws Exception {
    assertThat(Taken.from(lines, "\n\na\n\n\nb\n\n").texts()).containsExactly("a", "b");
  }

  @Test
  void givesARecordWithoutDelimiterWithoutCopyingIt() throws Exception {
    byte[] data = "abc".getBytes(UTF_8);

    assertThat(Taken.from(lines, data).pieces).singleElement().isSameAs(data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\n\n\n"})
  void aRecordOfDelimitersAloneIsBrokenNotGone(String nothing) throws Exception {
    Taken taken = Taken.from(lines, nothing);

    assertThat(taken.brokenTexts()).containsExactly(nothing);
    assertThat(taken.reasons).containsExactly("Record holds nothing but delimiters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "####", "IyMjIw=", "Iy Mj"})
  void rejectsWhatIsNotBase64OfAtLeastOneByte(String delimiter) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DelimiterSplitter.ofBase64(delimiter))
        .withMessage("Delimiter must be base64 of at least one byte, but was '" + delimiter + "'");
  }

  @Test
  void travelsToTheTaskManagers() throws Exception {
    assertThat(Taken.from(InstantiationUtil.clone(lines), "a\nb").texts())
        .containsExactly("a", "b");
  }

  @Property(tries = 5_000)
  void splitsAsARegularExpressionDoesAndLosesNothing(
      @ForAll("bytes") String data, @ForAll("delimiters") String delimiter) throws Exception {
    Taken taken =
        Taken.from(
            new DelimiterSplitter(delimiter.getBytes(ISO_8859_1)), data.getBytes(ISO_8859_1));

    List<String> expected =
        Arrays.stream(data.split(Pattern.quote(delimiter), -1))
            .filter(piece -> !piece.isEmpty())
            .toList();
    assertThat(taken.pieces.stream().map(piece -> new String(piece, ISO_8859_1)).toList())
        .isEqualTo(expected);
    assertThat(taken.broken).hasSize(expected.isEmpty() ? 1 : 0);
    if (expected.isEmpty()) {
      assertThat(taken.joined()).isEqualTo(data);
    }
  }

  @Provide
  Arbitrary<String> bytes() {
    return Arbitraries.strings().withChars("ab\u00ff\n").ofMaxLength(40);
  }

  @Provide
  Arbitrary<String> delimiters() {
    return Arbitraries.strings().withChars("ab\u00ff\n").ofMinLength(1).ofMaxLength(3);
  }
}
