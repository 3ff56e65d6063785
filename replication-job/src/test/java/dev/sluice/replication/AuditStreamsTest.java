package dev.sluice.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.record.RecordVersion;
import dev.sluice.common.record.StampedRecord;
import dev.sluice.common.sink.kinesis.StreamReader;
import dev.sluice.local.KinesisPut;
import dev.sluice.local.KplRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditStreamsTest {
  private static final Instant START = Instant.parse("2026-01-10T00:00:00Z");

  private final MemoryStream source = new MemoryStream();
  private final MemoryStream target = new MemoryStream();

  @Test
  void equalStreamsAreEqualWhateverOrderLagAndRepeats() throws Exception {
    for (int i = 0; i < 100; i++) {
      source.add("k" + i % 7, "r" + i, i);
      target.add("k" + (99 - i) % 7, "r" + (99 - i), 200 - i);
    }
    target.add("k0", "r0", 201);

    List<AuditWindow> windows = audit();

    assertThat(windows).hasSize(2).noneMatch(AuditWindow::differs);
    assertThat(windows.get(0).sourceRecords).isEqualTo(60);
    assertThat(windows.get(0).repeated).isEqualTo(1);
    assertThat(windows.get(0).toString()).contains("equal").contains("missing 0");
  }

  @Test
  void namesTheWindowOfWhatIsMissing() throws Exception {
    for (int i = 0; i < 180; i++) {
      source.add("k", "r" + i, i);
      if (i != 90) {
        target.add("k", "r" + i, i + 1);
      }
    }

    List<AuditWindow> windows = audit();

    assertThat(windows)
        .filteredOn(AuditWindow::differs)
        .singleElement()
        .satisfies(
            window -> {
              assertThat(window.start).isEqualTo(START.plusSeconds(60));
              assertThat(window.missing()).isEqualTo(1);
            });
  }

  @Test
  void aRecordOfTheSameBytesUnderAnotherKeyIsNoTwin() throws Exception {
    source.add("a", "r", 700);
    target.add("b", "r", 701);

    assertThat(audit())
        .singleElement()
        .satisfies(
            window -> {
              assertThat(window.missing()).isEqualTo(1);
              assertThat(window.unexpected).isEqualTo(1);
            });
  }

  @Test
  void countsEqualRecordsOfTheSource() throws Exception {
    source.add("a", "r", 1);
    source.add("a", "r", 2);
    target.add("a", "r", 3);

    assertThat(audit()).singleElement().satisfies(w -> assertThat(w.missing()).isEqualTo(1));
  }

  /** As after a failback: what was repeated at home is not copied as often again. */
  @Test
  void ofRecordsWithAVersionTheSecondOneIsACopy() throws Exception {
    byte[] stamped = new StampedRecord(new RecordVersion(1, 7, "p"), "r".getBytes(UTF_8)).toBytes();
    source.records.add(new Stored(stamped, "a", START));
    source.records.add(new Stored(stamped, "a", START.plusSeconds(1)));
    target.records.add(new Stored(stamped, "a", START.plusSeconds(2)));

    assertThat(audit())
        .singleElement()
        .satisfies(
            window -> {
              assertThat(window.differs()).isFalse();
              assertThat(window.repeated()).isEqualTo(1);
            });
    target.records.clear();
    assertThat(audit()).singleElement().satisfies(w -> assertThat(w.missing()).isEqualTo(1));
  }

  @Test
  void heartbeatsAndCanariesBelongToOneStream() throws Exception {
    source.add("sluice-heartbeat-canary-1", "r", 1);
    target.add("sluice-heartbeat-marker-2", "r", 700);
    source.add("sluice", "r", 1);
    target.add("sluice", "r", 1);

    assertThat(audit()).singleElement().satisfies(w -> assertThat(w.differs()).isFalse());
  }

  @Test
  void whatArrivedFromOutsideOfTheSpanIsNotUnexpected() throws Exception {
    source.add("a", "before", -5);
    target.add("a", "before", 5);

    assertThat(audit()).isEmpty();
  }

  @Test
  void takesAggregatesApartOnBothSides() throws Exception {
    KinesisPut aggregate =
        KplRecord.of(
            List.of(
                KinesisPut.of("a", "one".getBytes(UTF_8)),
                KinesisPut.of("b", "two".getBytes(UTF_8))));
    source.records.add(new Stored(aggregate.data(), "outer", START));
    target.add("a", "one", 1);
    target.add("b", "two", 1);

    assertThat(audit()).singleElement().satisfies(w -> assertThat(w.differs()).isFalse());
  }

  /** A monitor puts canaries into both streams, a switch puts markers into one. */
  @Test
  void canariesAndMarkersAreNobodysRecords() throws Exception {
    source.add("a", "r", 700);
    target.add("a", "r", 701);
    source.add("sluice-heartbeat-canary-1", "canary 1", 702);
    target.add("sluice-heartbeat-canary-2", "canary 2", 703);
    target.add("sluice-heartbeat-marker-1", "marker 1", 704);

    assertThat(audit())
        .singleElement()
        .satisfies(
            window -> {
              assertThat(window.differs()).isFalse();
              assertThat(window.sourceRecords).isEqualTo(1);
            });
  }

  private List<AuditWindow> audit() throws Exception {
    return new AuditStreams(
            source,
            target,
            new AuditStreams.Span(
                START, START.plusSeconds(3600), Duration.ofMinutes(1), Duration.ofMinutes(10)))
        .compare();
  }

  private static final class Stored {
    private final byte[] data;
    private final String key;
    private final Instant arrival;

    private Stored(byte[] data, String key, Instant arrival) {
      this.data = data;
      this.key = key;
      this.arrival = arrival;
    }
  }

  /** One shard in memory. */
  private static final class MemoryStream implements StreamReader {
    private final List<Stored> records = new ArrayList<>();

    void add(String key, String text, long second) {
      records.add(new Stored(text.getBytes(UTF_8), key, START.plusSeconds(second)));
    }

    @Override
    public List<String> shards() {
      return List.of("only");
    }

    @Override
    public void read(String shard, Instant from, Instant to, Visitor visitor) {
      records.stream()
          .filter(record -> !record.arrival.isBefore(from) && record.arrival.isBefore(to))
          .forEach(record -> visitor.record(record.data, record.key, record.arrival));
    }

    @Override
    public void close() {}
  }
}
