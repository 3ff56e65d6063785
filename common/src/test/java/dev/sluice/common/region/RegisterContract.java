package dev.sluice.common.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every register promises. */
@Timeout(120)
abstract class RegisterContract {
  static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123Z");
  static final String WEST = "us-west-2";
  static final String EAST = "us-east-2";
  private static final int WRITERS = 2;
  private static final int ROUNDS = 15;

  RegionRegister register;

  /** Another client of the same empty register. */
  abstract RegionRegister open() throws Exception;

  @BeforeEach
  void openRegister() throws Exception {
    register = open();
    register.prepare();
  }

  @AfterEach
  void closeRegister() throws Exception {
    register.close();
  }

  @Test
  void holdsNothingBeforeTheFirstChangeAndThenAllThatItSays() throws Exception {
    assertThat(register.read("ticks")).isEmpty();

    RegionChange change =
        to("ticks", EAST).lease(Duration.ofMillis(1500)).note("primary down, \"Zürich\" \u65e5");
    ActiveRegion made = register.change(0, change);

    Optional<ActiveRegion> read = register.read("ticks");
    assertThat(read).contains(made);
    assertThat(read.get().stream()).isEqualTo("ticks");
    assertThat(read.get().region()).isEqualTo(EAST);
    assertThat(read.get().epoch()).isEqualTo(1);
    assertThat(read.get().state()).isEqualTo(RegionState.ACTIVE);
    assertThat(read.get().lease()).isEqualTo(Duration.ofMillis(1500));
    assertThat(read.get().changedBy()).isEqualTo("ops");
    assertThat(read.get().changedAt()).isEqualTo(NOON);
    assertThat(read.get().note()).isEqualTo("primary down, \"Zürich\" \u65e5");
  }

  @Test
  void countsEpochsOfEachStreamAlone() throws Exception {
    register.change(0, to("ticks", WEST));
    register.change(1, RegionChange.to("ticks", WEST, RegionState.SWITCHING, "ops", NOON).note(""));
    register.change(2, to("ticks", EAST));
    register.change(0, to("ticks/../trades", WEST));

    assertThat(register.read("ticks")).map(ActiveRegion::epoch).contains(3L);
    assertThat(register.read("ticks")).map(ActiveRegion::region).contains(EAST);
    assertThat(register.read("ticks/../trades")).map(ActiveRegion::epoch).contains(1L);
    assertThat(register.read("trades")).isEmpty();
  }

  @Test
  void refusesAChangeThatWasDecidedOnAnotherEpochAndSaysWhatIsInForce() throws Exception {
    ActiveRegion first = register.change(0, to("ticks", WEST));

    for (long epoch : new long[] {0, 2, -1}) {
      assertThatThrownBy(() -> register.change(epoch, to("ticks", EAST)))
          .isInstanceOfSatisfying(
              StaleEpochException.class, e -> assertThat(e.current()).contains(first))
          .hasMessageContaining("must be at epoch " + epoch + ", but was at epoch 1");
    }
    assertThatThrownBy(() -> register.change(1, to("trades", EAST)))
        .isInstanceOfSatisfying(StaleEpochException.class, e -> assertThat(e.current()).isEmpty());
    assertThat(register.read("ticks")).contains(first);
    assertThat(register.read("trades")).isEmpty();
  }

  @Test
  void ofConcurrentChangesOfOneEpochExactlyOneIsMade() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    try (RegionRegister other = open()) {
      for (int round = 0; round < ROUNDS; round++) {
        long epoch = round;
        List<Future<ActiveRegion>> changes = new ArrayList<>();
        for (RegionRegister each : List.of(register, other)) {
          Callable<ActiveRegion> change =
              () -> {
                start.await();
                return each.change(epoch, to("ticks", each == other ? EAST : WEST));
              };
          changes.add(threads.submit(change));
        }

        List<ActiveRegion> made = new ArrayList<>();
        List<Throwable> refused = new ArrayList<>();
        for (Future<ActiveRegion> change : changes) {
          try {
            made.add(change.get());
          } catch (java.util.concurrent.ExecutionException e) {
            refused.add(e.getCause());
          }
        }

        assertThat(refused).singleElement().isInstanceOf(StaleEpochException.class);
        assertThat(made).hasSize(1);
        assertThat(other.read("ticks")).contains(made.get(0));
        assertThat(made.get(0).epoch()).isEqualTo(epoch + 1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void outlivesItsClientAndIsPreparedTwice() throws Exception {
    ActiveRegion made = register.change(0, to("ticks", WEST));
    register.close();
    register = open();
    register.prepare();

    assertThat(register.read("ticks")).contains(made);
  }

  @Test
  void refusesNamesAndLeasesThatMeanNothing() {
    assertThatThrownBy(() -> to("", WEST)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> to("ticks", "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> to("ticks", WEST).lease(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }

  static RegionChange to(String stream, String region) {
    return RegionChange.to(stream, region, RegionState.ACTIVE, "ops", NOON);
  }
}
