package dev.sluice.replication.drill.report;

import dev.sluice.common.report.chart.Lane;
import dev.sluice.common.report.chart.Tone;
import java.time.Instant;

/** The states of a Region over time, as they follow from the events. Not thread-safe. */
final class RegionStates {
  private final Side side;
  private final Lane lane;
  private Register register;
  private boolean broken;
  private Instant since;

  private RegionStates(Side side, Lane lane, Instant start) {
    this.side = side;
    this.lane = lane;
    this.since = start;
    this.register = side == Side.HOME ? Register.ACTIVE : Register.STANDBY;
  }

  /** Adds the states of a Region to its lane. */
  static void add(DrillRun run, Side side, Lane lane, Instant end) {
    RegionStates states = new RegionStates(side, lane, run.start);
    run.events.forEach(states::after);
    states.until(end);
  }

  private void after(DrillEvent event) {
    boolean here = event.side == side;
    switch (event.kind) {
      case OUTAGE:
      case HEALED:
        if (here) {
          change(event.time, register, event.kind == EventKind.OUTAGE);
        }
        break;
      case FENCED:
        change(event.time, here ? Register.FENCED : Register.STANDBY, broken);
        break;
      case SWITCHED:
      case FAILED_BACK:
        change(event.time, here ? Register.ACTIVE : Register.STANDBY, broken);
        break;
      default:
        // changes no state
    }
  }

  private void change(Instant time, Register next, boolean nextBroken) {
    if (next != register || nextBroken != broken) {
      until(time);
      since = time;
      register = next;
      broken = nextBroken;
    }
  }

  private void until(Instant time) {
    lane.state(
        since.toEpochMilli(), time.toEpochMilli(), broken ? Tone.WRONG : register.tone, words());
  }

  private String words() {
    if (!broken) {
      return register.words;
    }
    return register == Register.STANDBY ? "broken" : "broken, still " + register.words;
  }

  /** What the register says of a Region. */
  private enum Register {
    ACTIVE(Tone.MAIN, "active"),
    STANDBY(Tone.QUIET, "standby"),
    FENCED(Tone.HELD, "fenced");

    private final Tone tone;
    private final String words;

    Register(Tone tone, String words) {
      this.tone = tone;
      this.words = words;
    }
  }
}
