package dev.sluice.replication.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.region.RegionState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailoverTest {
  @TempDir Path folder;
  private int drills;

  @Test
  void movesTheWritingAndKeepsTheTimeFromWhichToCopyBack() throws Exception {
    Drill drill = drill();
    Instant before = drill.clock.instant();

    run(drill);

    assertThat(drill.changesSince(1)).containsExactly("2 ACTIVE us-east-2");
    assertThat(SwitchNote.parse(drill.current().note()).orElseThrow().copyFrom)
        .hasValueSatisfying(time -> assertThat(time).isBetween(before.minusSeconds(10), before));
    assertThat(drill.current().lease()).isEqualTo(Drill.LEASE);
    assertThat(drill.east.shard("s0")).anyMatch(r -> r.key().startsWith(Markers.KEY_PREFIX));
    assertThat(drill.east.shard("s1")).anyMatch(r -> r.key().startsWith(Markers.KEY_PREFIX));
    assertThat(drill.printed())
        .contains("1/5 target in order", "4/5 switch", "done:  epoch 2")
        .contains("needs: the register is still at epoch 1");
  }

  @Test
  void aSecondRunFindsItDone() throws Exception {
    Drill drill = drill();
    run(drill);

    run(drill);

    assertThat(drill.changesSince(1)).containsExactly("2 ACTIVE us-east-2");
    assertThat(drill.printed()).contains("is done already");
  }

  @Test
  void leavesNoRegionThatWorksUnlessTold() throws Exception {
    Drill drill = drill();
    drill.west.down = false;

    assertThatThrownBy(() -> run(drill))
        .isInstanceOf(UnmetException.class)
        .hasMessageContaining("seems to be in order: 2 of 2 canaries came back");
    assertThat(drill.changesSince(1)).isEmpty();

    new Steps(drill.out)
        .run(Failover.steps(drill.world("a"), drill.world("a").away, "the monitor says so"));
    assertThat(drill.changesSince(1)).containsExactly("2 ACTIVE us-east-2");
  }

  /** As the monitor has it. */
  @Test
  void leavesARegionWhoseStreamIsGoneButNotForAMissingRight() throws Exception {
    Drill drill = drill();
    drill.west.down = false;
    drill.west.refusal = "AccessDeniedException";
    assertThatThrownBy(() -> run(drill))
        .isInstanceOf(UnmetException.class)
        .hasMessageContaining("is not known to be out of order: 0 of 2 canaries came back")
        .hasMessageContaining("AccessDeniedException");
    assertThat(drill.changesSince(1)).isEmpty();

    drill.west.refusal = "ResourceNotFoundException";
    run(drill);
    assertThat(drill.changesSince(1)).containsExactly("2 ACTIVE us-east-2");
  }

  @Test
  void goesToNoRegionThatDoesNotWork() throws Exception {
    Drill drill = drill();
    drill.east.down = true;

    assertThatThrownBy(() -> run(drill))
        .isInstanceOf(UnmetException.class)
        .hasMessageContaining("The stream of 'us-east-2' is not in order");
    assertThat(drill.changesSince(1)).isEmpty();
  }

  @Test
  void aPlanChangesNothingAndSaysWhatIsNotSo() throws Exception {
    Drill drill = drill();
    SwitchWorld world = drill.world("a");

    boolean ready = new Steps(drill.out).plan(Failover.steps(world, world.away, null));

    assertThat(ready).isTrue();
    assertThat(drill.printed())
        .contains("would: makes 'us-east-2' active with epoch 2", "to be checked when");
    drill.east.down = true;
    assertThat(new Steps(drill.out).plan(Failover.steps(world, world.away, null))).isFalse();
    assertThat(drill.printed()).contains("NOT SO: The stream of 'us-east-2'");
    assertThat(drill.changesSince(1)).isEmpty();
    assertThat(drill.east.shard("s0")).noneMatch(r -> r.key().startsWith(Markers.KEY_PREFIX));
  }

  @Test
  void needsARegisterThatKnowsTheStream() throws Exception {
    Drill drill = new Drill(folder.resolve("empty"), 1);

    assertThatThrownBy(() -> run(drill))
        .isInstanceOf(UnmetException.class)
        .hasMessageContaining("run 'failover init' first");
  }

  /** Every crash point of every step: before and after each thing that a controller does. */
  @Test
  void killedAnywhereAndRunAgainItEndsTheSame() throws Exception {
    int touches =
        each()
            .killed(
                (drill, when) -> {
                  assertThat(drill.changesSince(1)).as(when).containsExactly("2 ACTIVE us-east-2");
                  assertThat(SwitchNote.parse(drill.current().note()).orElseThrow().copyFrom)
                      .isPresent();
                });

    assertThat(touches).isGreaterThan(20);
  }

  /** What one producer sends right after the switch is never older than what the note says. */
  @Test
  void nothingInTheTargetIsOlderThanTheTimeFromWhichToCopyBack() throws Exception {
    AtomicInteger landed = new AtomicInteger();
    boolean reached = true;
    for (int point = 1; reached; point++) {
      Drill drill = drill();
      drill.at(
          point,
          () -> {
            if (isEast(drill)) {
              drill.east.store("k", "r", null);
              landed.incrementAndGet();
            }
          });
      run(drill);
      reached = drill.event == null;
      Instant from = SwitchNote.parse(drill.current().note()).orElseThrow().copyFrom.orElseThrow();
      assertThat(drill.east.records()).allMatch(record -> !record.arrival().isBefore(from));
    }
    assertThat(landed).hasPositiveValue();
  }

  private static boolean isEast(Drill drill) {
    try {
      return drill.current().region().equals(Drill.EAST);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A second controller runs from beginning to end at each point of the first one. */
  @Test
  void twoControllersAtOnceMakeOneDecision() throws Exception {
    List<UnmetException> refused =
        each()
            .joined(
                (drill, when) -> {
                  assertThat(drill.changesSince(1)).as(when).containsExactly("2 ACTIVE us-east-2");
                  assertThat(drill.current().state()).isEqualTo(RegionState.ACTIVE);
                });

    assertThat(refused).as("the first one often finds it made").hasSizeLessThan(5);
    assertThat(refused).allSatisfy(e -> assertThat(e).hasMessageContaining("register has gone on"));
  }

  private EachTouch each() {
    return new EachTouch(this::drill, FailoverTest::run);
  }

  private Drill drill() throws Exception {
    Drill drill = new Drill(folder.resolve("drill-" + drills++), 1).atHome();
    drill.west.down = true;
    return drill;
  }

  private static void run(Drill drill) throws Exception {
    run(drill, "first");
  }

  private static void run(Drill drill, String by) throws Exception {
    SwitchWorld world = drill.world(by);
    new Steps(drill.out).run(Failover.steps(world, world.away, null));
  }
}
