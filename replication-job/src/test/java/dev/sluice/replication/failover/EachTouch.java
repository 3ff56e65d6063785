package dev.sluice.replication.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays a switch again and again, each time with something that happens at the next touch of the
 * world by its controller, until it is over before that.
 */
final class EachTouch {
  private static final Duration UNTIL_RUN_AGAIN = Duration.ofSeconds(30);

  private final Fresh fresh;
  private final Switch run;

  EachTouch(Fresh fresh, Switch run) {
    this.fresh = fresh;
    this.run = run;
  }

  /** The controller is killed, and run again; says at how many touches it was. */
  int killed(Check check) throws Exception {
    for (int touch = 1; ; touch++) {
      Drill drill = fresh.drill();
      drill.at(
          touch,
          () -> {
            throw new Drill.Killed();
          });
      try {
        run.run(drill, "first");
        return touch - 1;
      } catch (Drill.Killed e) {
        drill.pass(UNTIL_RUN_AGAIN);
        run.run(drill, "first");
      }
      check.check(drill, "killed at " + touch);
    }
  }

  /** A second controller runs from beginning to end; gives what the first one was refused with. */
  List<UnmetException> joined(Check check) throws Exception {
    List<UnmetException> refused = new ArrayList<>();
    boolean reached = true;
    for (int touch = 1; reached; touch++) {
      Drill drill = fresh.drill();
      drill.at(touch, () -> second(drill));
      try {
        run.run(drill, "first");
      } catch (UnmetException e) {
        refused.add(e);
      }
      reached = drill.event == null;
      check.check(drill, "joined at " + touch);
    }
    return refused;
  }

  private void second(Drill drill) {
    try {
      run.run(drill, "second");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Begins a drill. */
  @FunctionalInterface
  interface Fresh {
    Drill drill() throws Exception;
  }

  /** Runs a controller. */
  @FunctionalInterface
  interface Switch {
    void run(Drill drill, String by) throws Exception;
  }

  /** What must hold afterwards. */
  @FunctionalInterface
  interface Check {
    void check(Drill drill, String when) throws Exception;
  }
}
