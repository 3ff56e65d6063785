package dev.sluice.replication.drill;

import dev.sluice.common.record.RecordVersion;
import dev.sluice.replication.drill.report.DrillTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the producer was told with what lies in both streams and in the consumer's table,
 * record by record. It asks no job and no metric.
 */
final class DrillCheck {
  private static final int SHOWN = 3;

  private final List<Tick> ticks;
  private final StreamContents home;
  private final StreamContents away;
  private final Map<String, RecordVersion> table;
  private final long outage;
  private final long healed;

  /**
   * A check.
   *
   * @param ticks all that were sent, in that order
   * @param home when nothing is under way any more, and so away
   * @param table the version of each item by ticker
   * @param outage when it began, in milliseconds since the epoch
   * @param healed when it ended: before that nobody wrote at home but in the first epoch
   */
  DrillCheck(
      List<Tick> ticks,
      StreamContents home,
      StreamContents away,
      Map<String, RecordVersion> table,
      long outage,
      long healed) {
    this.ticks = ticks;
    this.home = home;
    this.away = away;
    this.table = table;
    this.outage = outage;
    this.healed = healed;
  }

  /** The figures of it. */
  DrillTotals totals(DrillTotals more) {
    List<Tick> left = ticks.stream().filter(this::wasLeft).collect(Collectors.toList());
    long oldest = left.stream().mapToLong(t -> home.firstArrival(t.number)).min().orElse(outage);
    return more.produced(ticks.size())
        .accepted(ticks.stream().filter(Tick::isPromised).count())
        .inTable(ticks.stream().filter(tick -> tick.isPromised() && isInTable(tick)).count())
        .lost(ticks.stream().filter(this::isLost).count())
        .repeated(home.repeated() + away.repeated())
        .outOfOrder(outOfOrder())
        .backlog(left.size(), Duration.ofMillis(outage - oldest));
  }

  /**
   * At home the whole order must be that of sending. Away, what was left at home when the outage
   * began comes late, behind what was written there meanwhile, and is put in its place by its
   * version. So two orders must be that of sending: of all that was accepted at home before, copied
   * in time or late, and of all else.
   */
  private int outOfOrder() {
    return outOfOrderAtHome() + outOfOrderAway();
  }

  private int outOfOrderAtHome() {
    return home.outOfOrder(number -> true);
  }

  private int outOfOrderAway() {
    return away.outOfOrder(number -> isOfFirstEpoch(ticks.get(number)))
        + away.outOfOrder(number -> !isOfFirstEpoch(ticks.get(number)));
  }

  /** Whether it was accepted at home before the outage ended, when nobody could write there. */
  private boolean isOfFirstEpoch(Tick tick) {
    long atHome = home.firstArrival(tick.number);
    return tick.isAcceptedIn(DrillSite.HOME) && atHome != 0 && atHome <= healed;
  }

  /** Whether it was accepted at home, and its copy was not away, when the outage began. */
  private boolean wasLeft(Tick tick) {
    return isOfFirstEpoch(tick) && away.firstArrival(tick.number) > outage;
  }

  private boolean isLost(Tick tick) {
    return tick.isPromised() && !missingFrom(tick).isEmpty();
  }

  private List<String> missingFrom(Tick tick) {
    List<String> places = new ArrayList<>();
    RecordVersion told = tick.version();
    if (told != null) {
      if (!home.holds(tick, told)) {
        places.add("the stream at home");
      }
      if (!away.holds(tick, told)) {
        places.add("the stream away");
      }
      if (!isInTable(tick)) {
        places.add("the table");
      }
    }
    return places;
  }

  /** The table has it, or has a newer one of its ticker. */
  private boolean isInTable(Tick tick) {
    RecordVersion told = tick.version();
    RecordVersion item = table.get(tick.ticker);
    return told != null && item != null && item.compareTo(told) >= 0;
  }

  /** Whether the table has all that it can have: what comes later changes nothing. */
  boolean isTableComplete() {
    return ticks.stream().allMatch(tick -> !tick.isPromised() || isInTable(tick));
  }

  /** What is wrong, in sentences. */
  List<String> findings() {
    List<String> findings = new ArrayList<>();
    ticks.stream()
        .filter(this::isLost)
        .limit(SHOWN)
        .forEach(t -> findings.add("The " + t + " is missing from " + missingFrom(t)));
    long silent = ticks.stream().filter(tick -> !tick.isPromised()).count();
    if (silent > 0) {
      findings.add("Of " + silent + " records the producer was told nothing");
    }
    home.strangers().stream()
        .limit(SHOWN)
        .forEach(record -> findings.add("Nobody has sent what lies at home: " + record));
    away.strangers().stream()
        .limit(SHOWN)
        .forEach(record -> findings.add("Nobody has sent what lies away: " + record));
    if (outOfOrder() > 0) {
      findings.add(
          outOfOrderAtHome()
              + " records at home and "
              + outOfOrderAway()
              + " away lie behind younger ones of their keys");
    }
    Map<String, RecordVersion> newest = newest();
    table.entrySet().stream()
        .filter(item -> !isKnown(newest.get(item.getKey()), item.getValue()))
        .limit(SHOWN)
        .forEach(item -> findings.add("Nobody has sent what the table has: " + item));
    return findings;
  }

  /** An item older than the newest record is a loss, and told as one. */
  private static boolean isKnown(@Nullable RecordVersion newest, RecordVersion item) {
    return newest != null && item.compareTo(newest) <= 0;
  }

  private Map<String, RecordVersion> newest() {
    Map<String, RecordVersion> newest = new HashMap<>();
    for (Tick tick : ticks) {
      RecordVersion told = tick.version();
      if (told != null) {
        newest.merge(tick.ticker, told, (one, two) -> one.compareTo(two) >= 0 ? one : two);
      }
    }
    return newest;
  }
}
