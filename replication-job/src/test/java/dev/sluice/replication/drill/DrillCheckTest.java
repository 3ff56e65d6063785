package dev.sluice.replication.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.record.RecordVersion;
import dev.sluice.common.record.StampedRecord;
import dev.sluice.replication.drill.report.DrillTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A drill that went well, and then one thing that is wrong at a time. */
class DrillCheckTest {
  private static final int TICKS = 12;
  private static final int OUTAGE = 6_500;

  private final List<Tick> ticks = new ArrayList<>();
  private final List<Integer> home = new ArrayList<>();
  private final List<Integer> away = new ArrayList<>();
  private final Map<String, RecordVersion> table = new HashMap<>();

  /** Two keys in turn, one a second; from 7 on in the other Region. */
  @BeforeEach
  void allGoesWell() {
    for (int i = 0; i < TICKS; i++) {
      Tick tick = new Tick(i, "T" + i % 2, 100, i % 3 == 0);
      tick.told(version(i), i < 7 ? DrillSite.HOME : DrillSite.AWAY, 1_000L * i);
      ticks.add(tick);
      home.add(i);
      away.add(i);
      table.put(tick.ticker, version(i));
    }
  }

  @Test
  void findsNothingWhereNothingIsWrong() {
    DrillCheck check = check();

    assertThat(check.findings()).isEmpty();
    assertThat(check.isTableComplete()).isTrue();
    DrillTotals totals = check.totals(DrillTotals.NONE);
    assertThat(totals.produced()).hasValue(TICKS);
    assertThat(totals.accepted()).hasValue(TICKS);
    assertThat(totals.inTable()).hasValue(TICKS);
    assertThat(totals.lost()).hasValue(0);
    assertThat(totals.outOfOrder()).hasValue(0);
    assertThat(totals.repeated()).hasValue(0);
    assertThat(totals.backlogRecords()).hasValue(0);
  }

  @Test
  void aRecordThatOneStreamHasNotIsLost() {
    away.remove(Integer.valueOf(4));

    assertThat(check().totals(DrillTotals.NONE).lost()).hasValue(1);
    assertThat(check().findings())
        .containsExactly("The record 4 of key 'T0' is missing from [the stream away]");
    home.remove(Integer.valueOf(9));
    assertThat(check().totals(DrillTotals.NONE).lost()).hasValue(2);
  }

  @Test
  void anItemThatIsMissingOrOlderThanTheNewestRecordIsALoss() {
    table.remove("T1-3");
    table.put("T0", version(4));

    DrillTotals totals = check().totals(DrillTotals.NONE);

    assertThat(check().isTableComplete()).isFalse();
    assertThat(totals.lost()).as("3, and of key T0 8 and 10").hasValue(3);
    assertThat(totals.inTable()).hasValue(TICKS - 3);
  }

  @Test
  void anItemThatNobodySentIsFound() {
    table.put("T0", new RecordVersion(9, 9, "stranger"));
    table.put("T7", version(1));

    assertThat(check().findings()).hasSize(2).allMatch(f -> f.contains("what the table has"));
  }

  @Test
  void aRecordOfAnotherVersionIsNotTheOneThatWasAccepted() {
    ticks.get(5).told(new RecordVersion(2, 5, "p"), DrillSite.HOME, 5_000);
    table.put("T1", version(11));

    assertThat(check().totals(DrillTotals.NONE).lost()).hasValue(1);
  }

  @Test
  void aYoungerRecordOfTheKeyInFrontIsOutOfOrder() {
    home.remove(Integer.valueOf(2));
    home.add(5, 2); // behind 4
    assertThat(check().totals(DrillTotals.NONE).outOfOrder()).hasValue(1);

    away.remove(Integer.valueOf(7));
    away.add(7); // behind 9 and 11
    assertThat(check().totals(DrillTotals.NONE).outOfOrder()).hasValue(2);
    assertThat(check().findings())
        .containsExactly("1 records at home and 1 away lie behind younger ones of their keys");
  }

  /** What was left at home comes late, and that is the backlog, not disorder. */
  @Test
  void whatWasLeftAtHomeComesLate() {
    away.removeAll(List.of(5, 6));
    away.addAll(List.of(5, 6));

    DrillTotals totals = check().totals(DrillTotals.NONE);

    assertThat(totals.outOfOrder()).hasValue(0);
    assertThat(totals.lost()).hasValue(0);
    assertThat(totals.backlogRecords()).hasValue(2);
    assertThat(totals.backlog()).hasValue(Duration.ofMillis(OUTAGE - 5_001));
  }

  /** 5 of the same key was copied in time, so 3 was skipped. */
  @Test
  void whatWasSkippedBeforeTheOutageIsOutOfOrder() {
    away.remove(Integer.valueOf(3));
    away.add(3);

    assertThat(check().totals(DrillTotals.NONE).outOfOrder()).hasValue(1);
  }

  @Test
  void copiesAreCountedAndChangeNoOrder() {
    home.addAll(List.of(1, 2));
    away.add(0);

    DrillTotals totals = check().totals(DrillTotals.NONE);

    assertThat(totals.repeated()).hasValue(3);
    assertThat(totals.outOfOrder()).hasValue(0);
  }

  @Test
  void aRecordOfWhichNothingWasSaidIsFound() {
    ticks.add(new Tick(TICKS, "T0", 100, true));

    assertThat(check().findings()).containsExactly("Of 1 records the producer was told nothing");
  }

  private DrillCheck check() {
    return new DrillCheck(ticks, contents(home), contents(away), table, OUTAGE, 9_500);
  }

  /** One record a second; what stands behind its place arrives after all others. */
  private StreamContents contents(List<Integer> numbers) {
    StreamContents contents = new StreamContents(ticks.size());
    contents.add("sluice-heartbeat-canary-1", new byte[0], 1);
    int greatest = -1;
    for (int number : numbers) {
      long arrival = number > greatest ? 1_000L * number + 1 : 1_000L * (TICKS + number);
      greatest = Math.max(greatest, number);
      Tick tick = ticks.get(number);
      byte[] data = new StampedRecord(version(number), tick.payload()).toBytes();
      contents.add(tick.key, data, arrival);
    }
    return contents;
  }

  private static RecordVersion version(int number) {
    return new RecordVersion(1, number, "p");
  }
}
