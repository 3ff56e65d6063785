package dev.sluice.replication.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.RegionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Controllers that stood still, or whose surroundings fail, between two steps. */
class StaleControllersTest {
  @TempDir private Path folder;
  private int drills;

  /** Its verdict is of the outage before: since then the stream was moved away and home again. */
  @Test
  void aMonitorThatWakesUpDoesNotActOnAnOutageThatIsOver() throws Exception {
    Drill drill = new Drill(folder.resolve("drill"), 1).atHome();
    ActiveRegion judged = drill.current();
    move(drill, Drill.EAST);
    move(drill, Drill.WEST);

    SwitchWorld world = drill.world("monitor");
    List<Step> steps = Failover.steps(world, world.away, "UNHEALTHY since an hour", judged);

    assertThatThrownBy(() -> new Steps(drill.out).run(steps))
        .isInstanceOf(UnmetException.class)
        .hasMessageContaining("register has gone on");
    assertThat(drill.current().region()).isEqualTo(Drill.WEST);
  }

  /** Until the switch producers write at home: what a failback looks for must reach that far. */
  @Test
  void theWritingAwayBeginsWithTheSwitchHoweverLongItTook() throws Exception {
    boolean reached = true;
    for (int point = 1; reached; point++) {
      Drill drill = new Drill(folder.resolve("drill-" + drills++), 1).atHome();
      drill.west.down = true;
      drill.at(point, () -> drill.clock.advance(Duration.ofMinutes(20)));

      SwitchWorld world = drill.world("slow");
      new Steps(drill.out).run(Failover.steps(world, world.away, "out of order"));

      reached = drill.event == null;
      ActiveRegion now = drill.current();
      assertThat(SwitchNote.of(now).since).as("at " + point).contains(now.changedAt());
    }
  }

  /** Positions or the register fail for a while, or a client has a bug: producers wait for none. */
  @Test
  void noFailureOfItsSurroundingsLeavesTheFenceUp() throws Exception {
    boolean reached = true;
    int lifted = 0;
    for (int point = 1; reached; point++) {
      Drill drill = away();
      drill.at(
          point,
          () -> {
            throw new UncheckedIOException(new IOException("Something is broken"));
          });
      try {
        Failback.run(drill.world("first"), false, drill.out);
      } catch (UncheckedIOException e) {
        lifted += drill.printed().contains("fence lifted") ? 1 : 0;
      }
      reached = drill.event == null;
      assertThat(drill.current().state()).as("at " + point).isEqualTo(RegionState.ACTIVE);
    }
    assertThat(lifted).isGreaterThan(20);
  }

  @Test
  void aLookAtPositionsThatFailsIsMadeAgain() throws Exception {
    Drill drill = away();
    int[] looks = {0};
    CopyProgress copy =
        new CopyProgress(
            () -> {
              if (looks[0]++ < 3) {
                throw new IOException("DynamoDB does not answer");
              }
              return drill.toWest.positions(() -> {}).open();
            },
            drill.clock,
            drill.world("a").waiter);
    Markers markers = Markers.put(drill.world("a").away, drill.world("a").waiter);

    assertThat(copy.awaitPassed(markers, Duration.ofMinutes(5), Duration.ofSeconds(1))).isTrue();
    assertThat(looks[0]).isGreaterThan(3);
  }

  /** The first one stands still while its fence is lifted and another one puts up its own. */
  @Test
  void oneThatGivesUpLiftsNoFenceButItsOwn() throws Exception {
    boolean reached = true;
    int met = 0;
    for (int point = 1; reached; point++) {
      Drill drill = away();
      drill.at(point, () -> another(drill));
      try {
        Failback.run(drill.world("first"), false, drill.out);
      } catch (UnmetException e) {
        met++;
      }
      reached = drill.event == null;
      // One that had not looked yet when the other fence went up may go on behind that.
      ActiveRegion now = drill.current();
      boolean lifted = now.state() == RegionState.ACTIVE && now.region().equals(Drill.EAST);
      assertThat(lifted).as("at " + point + ": " + now).isEqualTo(false);
    }
    assertThat(met).isGreaterThan(20);
  }

  private static void another(Drill drill) {
    try {
      SwitchWorld world = drill.world("second");
      ActiveRegion now = world.current();
      SwitchNote note = SwitchNote.of(now);
      ActiveRegion back = world.change(now, world.away, RegionState.ACTIVE, note.by("failover"));
      world.change(back, world.away, RegionState.SWITCHING, note.by(Failback.OPERATION));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void move(Drill drill, String region) throws IOException {
    SwitchWorld world = drill.world("people");
    Site to = region.equals(Drill.WEST) ? world.home : world.away;
    world.change(
        drill.current(),
        to,
        RegionState.ACTIVE,
        new SwitchNote("test", null, drill.clock.instant()));
  }

  private Drill away() throws IOException {
    return new Drill(folder.resolve("drill-" + drills++), 1).away();
  }
}
