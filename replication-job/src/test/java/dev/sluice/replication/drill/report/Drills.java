package dev.sluice.replication.drill.report;

import dev.sluice.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;

/** Drills as they could have been: an outage of 31 s from the 20th second on, and a failback. */
final class Drills {
  static final Instant START = Instant.parse("2026-01-10T12:00:00Z");
  static final String HOME = "us-west-2";
  static final String AWAY = "us-east-2";

  static final DrillTotals GOOD =
      DrillTotals.NONE
          .produced(12_000)
          .accepted(12_000)
          .inTable(12_000)
          .lost(0)
          .repeated(431)
          .outOfOrder(0)
          .deadLetters(0)
          .detection(Duration.ofMillis(7_100))
          .recovery(Duration.ofMillis(8_400))
          .backlog(96, Duration.ofMillis(480));

  static final long OUTAGE = 20_000;
  static final long DETECTED = 27_100;
  static final long SWITCHED = 27_900;
  static final long WRITING = 28_400;
  static final long HEALED = 51_000;
  static final long FENCED = 72_000;
  static final long FAILED_BACK = 76_500;
  static final long END = 96_000;

  private final FakeClock clock = FakeClock.at(START);
  private final DrillLog log;

  Drills(String home, String away) {
    log = new DrillLog(home, away, clock);
    log.options("replication.drill.seconds = 96");
  }

  /** All of it, but for totals and audit. */
  static DrillLog played() {
    return new Drills(HOME, AWAY).play(END, 1).log;
  }

  /** Goes on until a time, and stops there in the middle of whatever it does. */
  static DrillLog playedUntil(long millis) {
    return new Drills(HOME, AWAY).play(millis, 1).log;
  }

  static DrillLog played(String home, String away) {
    return new Drills(home, away).play(END, 1).log;
  }

  /** The same, so many times as slow. */
  static DrillLog slow(int times) {
    return new Drills(HOME, AWAY).play(END, times).log;
  }

  static void audited(DrillLog log) {
    for (int i = 0; i < 9; i++) {
      Side side = i < 3 || i > 7 ? Side.HOME : Side.AWAY;
      log.audited(
          new AuditedWindow(side, START.plusSeconds(10L * i), 1_300, 1_300, i == 3 ? 431 : 0, 0));
    }
  }

  private Drills play(long until, int slower) {
    for (long second = 0; second * 1_000 < END * slower; second++) {
      for (long at = second * 1_000; at < second * 1_000 + 1_000; at += 100) {
        if (at / slower >= until) {
          return this;
        }
        clock.set(START.plusMillis(at));
        if (at % slower == 0) {
          happen(at / slower);
        }
      }
      clock.set(START.plusMillis(second * 1_000 + 1_000));
      samples((second * 1_000 + 1_000) / slower);
    }
    log.checked("both streams hold the same records");
    return this;
  }

  private void happen(long at) {
    if (at == 0) {
      log.phase("produce and replicate");
      log.event(EventKind.COPY_STARTED, Side.AWAY, "200 records a second, 64 keys");
    } else if (at == OUTAGE) {
      log.checked("lag below 1 s for 10 s, by the positions of the copy");
      log.phase("break " + log.home);
      log.event(EventKind.OUTAGE, Side.HOME, "every request is refused");
    } else if (at == OUTAGE + 400) {
      log.checked("a put was refused");
      log.phase("detect");
    } else if (at == DETECTED) {
      log.event(EventKind.DETECTED, Side.HOME, "puts fail: 51 % of the last 10 s");
      log.checked("the monitor holds it for unhealthy, and " + log.away + " for healthy");
      log.phase("fail over");
    } else if (at == SWITCHED) {
      log.event(EventKind.SWITCHED, Side.AWAY, "epoch 2");
    } else if (at == WRITING) {
      log.checked("a record of epoch 2 was accepted in " + log.away);
      log.phase("go on producing");
    } else if (at == HEALED) {
      log.checked("4,520 records accepted");
      log.phase("heal " + log.home);
      log.event(EventKind.HEALED, Side.HOME, "");
    } else {
      failback(at);
    }
  }

  private void failback(long at) {
    if (at == 54_000) {
      log.event(EventKind.COPY_STOPPED, Side.AWAY, "the last 96 records are copied");
      log.checked("positions stand still, no record lies beyond them");
      log.phase("copy back");
      log.event(EventKind.COPY_STARTED, Side.HOME, "from 12:00:27");
    } else if (at == FENCED) {
      log.checked("marks found at home within 30 s");
      log.phase("fail back");
      log.event(EventKind.FENCED, Side.AWAY, "epoch 3");
    } else if (at == FAILED_BACK) {
      log.event(EventKind.FAILED_BACK, Side.HOME, "epoch 4");
      log.event(EventKind.COPY_STOPPED, Side.HOME, "");
      log.checked("a record of epoch 4 was accepted in " + log.home);
      log.phase("produce at home");
    } else if (at == 90_000) {
      log.checked("2,700 records accepted");
      log.phase("audit");
      log.event(EventKind.AUDIT, Side.HOME, "");
    }
  }

  private void samples(long at) {
    double wave = 200 + 18 * Math.sin(at / 2_300.0) + 9 * Math.sin(at / 700.0);
    boolean atHome = at <= OUTAGE || (at > FAILED_BACK && at < 90_000);
    boolean isAway = at > WRITING && at <= FENCED;
    boolean broken = at > OUTAGE && at <= HEALED;
    double surge =
        at > WRITING && at < WRITING + 3_000 ? 3.4 : at > FAILED_BACK && at < 80_000 ? 2 : 1;
    DrillSample home =
        DrillSample.of(
            clock.instant(), atHome ? wave * surge : 0, broken && at < SWITCHED + 1_000 ? 260 : 0);
    DrillSample away = DrillSample.of(clock.instant(), isAway ? wave * surge : 0, 0);
    boolean copyOut = at <= OUTAGE || (at > HEALED && at < 54_000);
    boolean copyBack = at > 54_000 && at < FAILED_BACK;
    log.sample(Side.HOME, copyBack ? home.behind(Math.max(300, 26_000 - 3 * (at - 54_000))) : home);
    log.sample(Side.AWAY, copyOut ? away.behind(at <= OUTAGE ? 400 + (long) wave : 31_000) : away);
  }
}
