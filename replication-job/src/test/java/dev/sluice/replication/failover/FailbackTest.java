package dev.sluice.replication.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailbackTest {
  private static final List<String> HOME = List.of("3 SWITCHING us-east-2", "4 ACTIVE us-west-2");

  @TempDir Path folder;
  private int drills;

  @Test
  void fencesDrainsAndMovesHome() throws Exception {
    Drill drill = drill();

    run(drill);

    assertThat(drill.changesSince(2)).isEqualTo(HOME);
    assertThat(drill.toWest.isAtEnd()).isTrue();
    assertThat(drill.printed())
        .contains("4/9 fence", "waited 12000 ms", "it is beyond markers in 2 shards")
        .contains("now stop the copy back, and then copy out of home from 2026-01-10T01");
  }

  @Test
  void aSecondRunFindsItDone() throws Exception {
    Drill drill = drill();
    run(drill);

    run(drill);

    assertThat(drill.changesSince(2)).isEqualTo(HOME);
  }

  @Test
  void doesNotBeginWhileTheCopyOutOfHomeRunsOrHasMoreToCopy() throws Exception {
    Drill running = drill();
    running.toEast.running = true;
    assertThatThrownBy(() -> run(running))
        .isInstanceOf(UnmetException.class)
        .hasMessageContaining("copy out of 'us-west-2' runs, it has just kept another position");
    assertThat(running.changesSince(2)).isEmpty();

    Drill drill = drill();
    drill.toEast.draw(drill.clock.millis());
    drill.toWest.draw(drill.clock.millis());
    // Shortly after the failover: it was on its way when the lease ended.
    Instant late = drill.changes.get(1).changedAt().plus(Drill.LEASE);
    drill.west.shard("s1").add(0, new FakeStream.Stored("left", "behind", late));
    assertThatThrownBy(() -> run(drill))
        .isInstanceOf(UnmetException.class)
        .hasMessageContaining("is a record in 's1'")
        .hasMessageContaining("which no position says is copied");
    assertThat(drill.changesSince(2)).isEmpty();

    Failback.run(drill.world("a"), true, drill.out);
    assertThat(drill.changesSince(2)).isEqualTo(HOME);
  }

  /** Its positions look hours old, and new ones older than those of the machine before. */
  @Test
  void seesACopyOutRunWhoseClockIsBehind() throws Exception {
    for (Duration behind : List.of(Duration.ofHours(3), Duration.ofMinutes(70))) {
      Drill drill = drill();
      drill.toEast.running = true;
      drill.toEast.behind = behind;

      for (boolean said : new boolean[] {false, true}) {
        assertThatThrownBy(() -> Failback.run(drill.world("a"), said, drill.out))
            .isInstanceOf(UnmetException.class)
            .hasMessageContaining("copy out of 'us-west-2' runs");
      }
      assertThat(drill.changesSince(2)).isEmpty();
    }
  }

  /** Four minutes between two positions, and a failback that looks at any time in between. */
  @Test
  void seesACopyOutRunWhoseCheckpointsAreRare() throws Exception {
    for (int after = 0; after < 8; after++) {
      Drill drill = drill();
      drill.toEast.running = true;
      drill.toEast.every = Duration.ofMinutes(4);
      drill.pass(Duration.ofMinutes(13).plusSeconds(30L * after));

      assertThatThrownBy(() -> run(drill))
          .as("after %s", after)
          .isInstanceOf(UnmetException.class)
          .hasMessageContaining("copy out of 'us-west-2' runs");

      drill.toEast.running = false;
      run(drill);
      assertThat(drill.changesSince(2)).isEqualTo(HOME);
      assertThat(drill.printed()).contains("its positions stood still for 480 s");
    }
  }

  /** A job that was away for a day draws two lines a day apart: nobody waits for two days. */
  @Test
  void aGapInThePositionsIsNoInterval() throws Exception {
    Drill drill = drill();
    drill.toEast.draw(drill.clock.millis());
    drill.pass(Duration.ofMinutes(1));

    run(drill);

    assertThat(drill.changesSince(2)).isEqualTo(HOME);
    assertThat(drill.printed()).contains("its positions stood still for 600 s");
  }

  @Test
  void doesNotBeginWithoutACopyBack() throws Exception {
    Drill drill = drill();
    drill.toWest.running = false;
    drill.clock.advance(Duration.ofMinutes(2));

    assertThatThrownBy(() -> run(drill))
        .isInstanceOf(UnmetException.class)
        .hasMessageContaining("--kinesis.initial-timestamp=2026-01-10T00:00:00Z");
    assertThat(drill.changesSince(2)).isEmpty();
  }

  @Test
  void doesNotFenceWhileTheCopyBackIsFarBehind() throws Exception {
    Drill drill = drill();
    drill.toWest.stuck = true;

    assertThatThrownBy(() -> run(drill))
        .isInstanceOf(UnmetException.class)
        .hasMessageContaining("did not come near its end within PT10M");
    assertThat(drill.changesSince(2)).isEmpty();
  }

  @Test
  void liftsTheFenceWhenTheDrainDoesNotEnd() throws Exception {
    Drill drill = drill();
    drill.producers =
        () -> {
          if (drill.changes.size() == 3) {
            drill.toWest.stuck = true;
          }
        };

    assertThatThrownBy(() -> run(drill))
        .isInstanceOf(UnmetException.class)
        .hasMessageContaining("was not beyond markers in 2 shards within PT5M");
    assertThat(drill.changesSince(2))
        .containsExactly("3 SWITCHING us-east-2", "4 ACTIVE us-east-2");
    assertThat(SwitchNote.parse(drill.current().note()).orElseThrow().copyFrom).isPresent();

    // And it can be begun again.
    drill.toWest.stuck = false;
    drill.producers = () -> {};
    run(drill);
    assertThat(drill.changesSince(4))
        .containsExactly("5 SWITCHING us-east-2", "6 ACTIVE us-west-2");
  }

  @Test
  void liftsTheFenceWhenHomeFailsAgain() throws Exception {
    Drill drill = drill();
    drill.producers = () -> drill.west.down = drill.changes.size() == 3;

    assertThatThrownBy(() -> run(drill)).isInstanceOf(UnmetException.class);

    assertThat(drill.changesSince(2))
        .containsExactly("3 SWITCHING us-east-2", "4 ACTIVE us-east-2");
  }

  @Test
  void aPlanChangesNothing() throws Exception {
    Drill drill = drill();

    assertThat(Failback.plan(drill.world("a"), false, drill.out)).isTrue();
    assertThat(drill.printed())
        .contains("would: lets producers keep their records", "checked when the steps before");
    drill.west.down = true;
    assertThat(Failback.plan(drill.world("a"), false, drill.out)).isFalse();
    assertThat(drill.changesSince(2)).isEmpty();
  }

  /** The Region that was gone to fails while the failback from it is under way. */
  @Test
  void aFailoverEndsAFailbackThatIsUnderWay() throws Exception {
    Drill drill = drill();
    drill.producers =
        () -> {
          if (drill.changes.size() == 3) {
            throw new Drill.Killed();
          }
        };
    assertThatThrownBy(() -> run(drill)).isInstanceOf(Drill.Killed.class);
    assertThat(drill.changesSince(2)).containsExactly("3 SWITCHING us-east-2");
    drill.producers = () -> {};
    drill.east.down = true;

    SwitchWorld world = drill.world("b");
    new Steps(drill.out).run(Failover.steps(world, world.home, null));

    assertThat(drill.changesSince(2)).isEqualTo(HOME);
  }

  /** Every crash point of every step: before and after each thing that a controller does. */
  @Test
  void killedAnywhereAndRunAgainItEndsTheSame() throws Exception {
    int touches =
        each()
            .killed(
                (drill, when) -> {
                  assertThat(drill.changesSince(2)).as(when).isEqualTo(HOME);
                  assertThat(SwitchNote.parse(drill.current().note()).orElseThrow().copyFrom)
                      .isPresent();
                  assertThat(drill.toWest.isAtEnd()).isTrue();
                });

    assertThat(touches).isGreaterThan(50);
  }

  /** A second controller runs from beginning to end at each point of the first one. */
  @Test
  void twoControllersAtOnceMakeOneDecision() throws Exception {
    List<UnmetException> refused =
        each().joined((drill, when) -> assertThat(drill.changesSince(2)).as(when).isEqualTo(HOME));

    assertThat(refused)
        .allSatisfy(
            e ->
                assertThat(e.getMessage())
                    .containsAnyOf(
                        "not up any more", "something else", "Another switch came before"));
  }

  private EachTouch each() {
    return new EachTouch(this::drill, FailbackTest::run);
  }

  private Drill drill() throws Exception {
    return new Drill(folder.resolve("drill-" + drills++), 1).away();
  }

  private static void run(Drill drill) throws Exception {
    run(drill, "first");
  }

  private static void run(Drill drill, String by) throws Exception {
    Failback.run(drill.world(by), false, drill.out);
  }
}
