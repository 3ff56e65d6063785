package dev.sluice.partitioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Property
  void anyTextIsHarmlessAndFits(
      @ForAll String text, @ForAll @IntRange(min = 8, max = 60) int most) {
    String safe = PlainText.safe(text, most);

    assertThat(PlainText.columns(safe)).isLessThanOrEqualTo(most);
    assertThat(safe.codePoints())
        .allSatisfy(
            point ->
                assertThat(Character.getType(point))
                    .isNotIn(
                        (int) Character.CONTROL,
                        (int) Character.FORMAT,
                        (int) Character.SURROGATE,
                        (int) Character.NON_SPACING_MARK,
                        (int) Character.LINE_SEPARATOR,
                        (int) Character.PARAGRAPH_SEPARATOR));
  }

  @Test
  void escapesWhatMovesTheCursorOrTurnsTheText() {
    assertThat(PlainText.safe("a\u001b[31mb", 40)).isEqualTo("a\\u{1b}[31mb");
    assertThat(PlainText.safe("a\r\n\u202eb\\", 40)).isEqualTo("a\\u{d}\\u{a}\\u{202e}b\\\\");
    assertThat(PlainText.safe("\ud800x", 40)).isEqualTo("\\u{d800}x");
    assertThat(PlainText.safe("Köln=東京", 40)).isEqualTo("Köln=東京");
  }

  @Test
  void cutsInTheMiddle() {
    assertThat(PlainText.safe("customer=1/device=mobile/day=1", 15)).isEqualTo("custom.../day=1");
    assertThat(PlainText.safe("\u001b".repeat(20), 16)).isEqualTo("\\u{1b}...\\u{1b}");
    assertThat(PlainText.safe("東京東京東京", 9)).isEqualTo("東...京");
  }

  @Test
  void numbersAreReadable() {
    assertThat(PlainText.amount(0.001)).isEqualTo("<0.01");
    assertThat(PlainText.amount(0.25)).isEqualTo("0.25");
    assertThat(PlainText.amount(12.34)).isEqualTo("12.3");
    assertThat(PlainText.amount(12345.6)).isEqualTo("12,346");
    assertThat(PlainText.percent(0.9999)).isEqualTo("99.9 %");
    assertThat(PlainText.percent(0.0001)).isEqualTo("<0.1 %");
    assertThat(PlainText.percent(0)).isEqualTo("0.0 %");
    assertThat(PlainText.bytes(812)).isEqualTo("812 B");
    assertThat(PlainText.bytes(128 << 20)).isEqualTo("128 MiB");
    assertThat(PlainText.bytes(1023.7)).isEqualTo("1.0 KiB");
    assertThat(PlainText.seconds(300)).isEqualTo("5 min");
    assertThat(PlainText.seconds(0.25)).isEqualTo("250 ms");
  }
}
