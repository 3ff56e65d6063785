package dev.sluice.common.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void percentIsFullOnlyIfNothingIsMissing() {
    assertThat(Figures.percent(1)).isEqualTo("100.0 %");
    assertThat(Figures.percent(0.99999)).isEqualTo("99.9 %");
    assertThat(Figures.percent(81 / 82.0)).isEqualTo("98.8 %");
    assertThat(Figures.percent(0)).isEqualTo("0.0 %");
  }

  @Test
  void durationsGrowTheirUnits() {
    assertThat(Figures.duration(Duration.ofMillis(6_149))).isEqualTo("6.1 s");
    assertThat(Figures.duration(Duration.ofSeconds(250))).isEqualTo("4 min 10 s");
    assertThat(Figures.duration(Duration.ofSeconds(7_530))).isEqualTo("2 h 5 min");
  }

  @Test
  void sizesGrowTheirUnits() {
    assertThat(Figures.bytes(-1)).isEqualTo("–");
    assertThat(Figures.bytes(0)).isEqualTo("0 B");
    assertThat(Figures.bytes(999)).isEqualTo("999 B");
    assertThat(Figures.bytes(48_685)).isEqualTo("48.7 kB");
    assertThat(Figures.bytes(999_949)).isEqualTo("999.9 kB");
    assertThat(Figures.bytes(999_950)).isEqualTo("1.0 MB");
    assertThat(Figures.bytes(999_949_999)).isEqualTo("999.9 MB");
    assertThat(Figures.bytes(999_950_000)).isEqualTo("1.0 GB");
    assertThat(Figures.bytes(12_345_678_901_234_567L)).isEqualTo("12,345.7 TB");
  }

  @Test
  void countsAboveBarsAreShort() {
    assertThat(Figures.shortCount(9_999)).isEqualTo("9,999");
    assertThat(Figures.shortCount(10_000)).isEqualTo("10 k");
    assertThat(Figures.shortCount(90_986)).isEqualTo("91 k");
    assertThat(Figures.shortCount(999_499)).isEqualTo("999 k");
    assertThat(Figures.shortCount(999_500)).isEqualTo("1.0 M");
    assertThat(Figures.shortCount(1_250_000)).isEqualTo("1.3 M");
  }

  @Test
  void pathsAreShortenedToFolderAndName() {
    assertThat(Figures.shortName("s3://bucket/a/cats/2.jpg")).isEqualTo("cats/2.jpg");
    assertThat(Figures.shortName("2.jpg")).isEqualTo("2.jpg");
  }

  @Test
  void countsAgreeWithTheirNouns() {
    assertThat(Figures.count(1, "image")).isEqualTo("1 image");
    assertThat(Figures.count(0, "image")).isEqualTo("0 images");
    assertThat(Figures.count(12_345, "image")).isEqualTo("12,345 images");
  }

  @Test
  void millisHaveThreeDigits() {
    assertThat(Figures.millis(2.944)).isEqualTo("2.94 ms");
    assertThat(Figures.millis(61.23)).isEqualTo("61.2 ms");
    assertThat(Figures.millis(1_234.5)).isEqualTo("1,235 ms");
  }

  @Test
  void timesAreInUtc() {
    assertThat(Figures.time(Instant.ofEpochMilli(1_767_225_600_000L)))
        .isEqualTo("1 January 2026, 00:00:00 UTC");
  }
}
