package dev.sluice.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.LocalDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
  private final DtToEpoch toEpoch = new DtToEpoch();
  private final EpochToDt toTime = new EpochToDt();

  @Test
  void nullIsNull() {
    assertThat(toEpoch.eval((LocalDateTime) null)).isNull();
    assertThat(toEpoch.eval((Instant) null)).isNull();
    assertThat(toEpoch.eval((LocalDateTime) null, "UTC")).isNull();
    assertThat(toEpoch.eval(LocalDateTime.MIN, null)).isNull();
    assertThat(toEpoch.eval((Instant) null, "UTC")).isNull();
    assertThat(toEpoch.eval(Instant.EPOCH, null)).isNull();
    assertThat(toTime.eval(null)).isNull();
    assertThat(toTime.eval(null, "UTC")).isNull();
    assertThat(toTime.eval(0L, null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00,UTC,0",
    "2021-08-31T04:33:03,UTC,1630384383",
    "1969-12-31T23:59:59.999,UTC,-1",
    "2026-01-05T09:30,America/New_York,1767623400",
    "2026-01-05T15:30,+01:00,1767623400",
    "2026-03-29T02:30,Europe/Berlin,1774747800", // left out: an hour later, 03:30+02:00
    "2026-10-25T02:30,Europe/Berlin,1792888200" // there twice: the first, +02:00
  })
  void epochVectors(String time, String zone, long expected) {
    assertThat(toEpoch.eval(LocalDateTime.parse(time), zone)).isEqualTo(expected);
  }

  @Test
  void withoutAZoneItIsUtc() {
    LocalDateTime time = LocalDateTime.parse("2021-08-31T04:33:03.999");

    assertThat(toEpoch.eval(time)).isEqualTo(1_630_384_383);
    assertThat(toEpoch.eval(Instant.parse("2021-08-31T04:33:03.999Z"))).isEqualTo(1_630_384_383);
    assertThat(toTime.eval(1_630_384_383L)).isEqualTo("2021-08-31T04:33:03");
    assertThat(toTime.eval(1_767_623_400L, "America/New_York")).isEqualTo("2026-01-05T09:30:00");
  }

  @Test
  void aPointInTimeIsTheSameInAllZones() {
    assertThat(toEpoch.eval(Instant.EPOCH, "Europe/Berlin")).isZero();
    assertThat(new TryDtToEpoch().eval(Instant.EPOCH, "+05:45")).isZero();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> toEpoch.eval(Instant.EPOCH, "Mars/Base"));
  }

  @Property
  void thereAndBack(
      @ForAll @LongRange(min = -62_000_000_000L, max = 253_000_000_000L) long seconds) {
    assertThat(toEpoch.eval(toTime.eval(seconds))).isEqualTo(seconds);
    assertThat(toEpoch.eval(toTime.eval(seconds, "+05:45"), "+05:45")).isEqualTo(seconds);
  }

  @Test
  void whatCannotBeIsAnErrorOrNull() {
    TryDtToEpoch tryToEpoch = new TryDtToEpoch();
    TryEpochToDt tryToTime = new TryEpochToDt();
    Failing failing = new Failing();
    tryToEpoch.open(failing.context());
    tryToTime.open(failing.context());

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> toEpoch.eval(LocalDateTime.MIN, "Mars/Base"))
        .withMessage("'Mars/Base' is no time zone");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> toTime.eval(Long.MAX_VALUE))
        .withMessageContaining("must be of a year from 1 to 9999, but were '9223372036854775807'");
    assertThat(tryToEpoch.eval(LocalDateTime.MIN, "Mars/Base")).isNull();
    assertThat(tryToEpoch.eval((LocalDateTime) null, "Mars/Base")).as("no failure").isNull();
    assertThat(tryToTime.eval(Long.MIN_VALUE)).isNull();
    assertThat(tryToTime.eval(0L, "Mars/Base")).isNull();
    assertThat(tryToTime.eval(0L, "UTC")).isEqualTo("1970-01-01T00:00:00");
    assertThat(failing.count("TRY_DT_TO_EPOCH")).isEqualTo(1);
    assertThat(failing.count("TRY_EPOCH_TO_DT")).isEqualTo(2);
  }
}
