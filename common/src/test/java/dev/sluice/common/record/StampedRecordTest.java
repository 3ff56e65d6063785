package dev.sluice.common.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class StampedRecordTest {
  @Property(tries = 300)
  void comesBackAsItWas(
      @ForAll @LongRange(min = 0) long epoch,
      @ForAll @LongRange(min = 0) long sequence,
      @ForAll @StringLength(max = 60) String anyName,
      @ForAll byte[] payload) {
    String name = new String(anyName.getBytes(UTF_8), UTF_8); // lone surrogates are no UTF-8
    StampedRecord record = new StampedRecord(new RecordVersion(epoch, sequence, name), payload);

    StampedRecord parsed = StampedRecord.parse(record.toBytes()).orElseThrow();

    assertThat(parsed.version()).isEqualTo(record.version());
    assertThat(parsed.version().hashCode()).isEqualTo(record.version().hashCode());
    assertThat(parsed.payload()).isEqualTo(payload);
  }

  @Property(tries = 300)
  void otherBytesAreNoStamp(@ForAll byte[] bytes) {
    assertThat(StampedRecord.parse(bytes)).isEmpty();
  }

  @Test
  void aStampThatIsCutOrDamagedIsNone() {
    byte[] payload = "{\"ticker\":\"AMZN\"}".getBytes(UTF_8);
    byte[] whole = new StampedRecord(new RecordVersion(3, 99, "producer-1"), payload).toBytes();
    int stamp = whole.length - payload.length;

    for (int length = 0; length < stamp; length++) {
      assertThat(StampedRecord.parse(Arrays.copyOf(whole, length))).as("at " + length).isEmpty();
    }
    for (int at = 0; at < stamp; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      assertThat(StampedRecord.parse(damaged)).as("at " + at).isEmpty();
    }
    assertThat(StampedRecord.parse(Arrays.copyOf(whole, stamp)).orElseThrow().payload()).isEmpty();
  }

  @Test
  void theNewerOneIsThatOfTheLaterEpochThenSequenceThenName() {
    List<RecordVersion> sorted =
        List.of(
            new RecordVersion(1, 900, "z"),
            new RecordVersion(3, 5, "a"),
            new RecordVersion(3, 5, "b"),
            new RecordVersion(3, 10, "a"),
            new RecordVersion(12, 0, "a"));
    List<RecordVersion> mixed = sorted.stream().collect(Collectors.toList());
    Collections.reverse(mixed);
    Collections.sort(mixed);

    assertThat(mixed).isEqualTo(sorted);
    assertThatThrownBy(() -> new RecordVersion(-1, 0, "a"))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] none = {};
    StampedRecord named = new StampedRecord(new RecordVersion(1, 1, "x".repeat(256)), none);
    assertThatThrownBy(named::toBytes).isInstanceOf(IllegalArgumentException.class);
  }
}
