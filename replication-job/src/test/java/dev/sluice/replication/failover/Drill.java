package dev.sluice.replication.failover;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.FileRegister;
import dev.sluice.common.region.RegionChange;
import dev.sluice.common.region.RegionRegister;
import dev.sluice.common.region.RegionState;
import dev.sluice.testing.FakeClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Two Regions, their streams and replicators, and a register, in which time passes only when a
 * controller waits. Each touch of the world by a controller is counted, so that a test can do
 * something at each of them: end the controller, or let another one run.
 */
final class Drill {
  static final String STREAM = "ticks";
  static final String WEST = "us-west-2";
  static final String EAST = "us-east-2";
  static final Duration LEASE = Duration.ofSeconds(10);

  final FakeClock clock = FakeClock.at(Instant.parse("2026-01-10T00:00:00Z"));
  final FakeStream west = new FakeStream(clock::instant);
  final FakeStream east = new FakeStream(clock::instant);
  final FakeReplicator toEast = new FakeReplicator(west, east);
  final FakeReplicator toWest = new FakeReplicator(east, west);
  final List<ActiveRegion> changes = new ArrayList<>();
  final RegionRegister register;
  final SplittableRandom random;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
  Runnable producers = () -> {};

  /** What happens at the touch of this number. */
  @Nullable Runnable event;

  int eventAt = -1;
  int touches;

  SwitchLimits limits =
      new SwitchLimits(
          2,
          Duration.ofSeconds(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          new SwitchLimits.DurationsOfCopy(
              Duration.ofMillis(500),
              Duration.ofSeconds(30),
              Duration.ofMinutes(10),
              Duration.ofMinutes(5)));

  Drill(Path folder, long seed) throws IOException {
    register = FileRegister.in(folder.resolve("register"));
    register.prepare();
    random = new SplittableRandom(seed);
  }

  /** The process of a controller ends here. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Before the outage. */
  Drill atHome() throws IOException {
    changes.add(register.change(0, change(WEST, "")));
    return this;
  }

  /** After it: home has healed, all was copied out of it, and the copy back runs. */
  Drill away() throws IOException {
    atHome();
    String note = new SwitchNote("failover", clock.instant(), clock.instant()).text();
    changes.add(register.change(1, change(EAST, note)));
    toEast.startAt(Instant.EPOCH);
    toEast.running = false;
    toEast.draw(clock.millis());
    clock.advance(Duration.ofHours(1));
    toWest.startAt(Instant.EPOCH);
    toWest.draw(clock.millis());
    return this;
  }

  private RegionChange change(String region, String note) {
    return RegionChange.to(STREAM, region, RegionState.ACTIVE, "test", clock.instant())
        .lease(LEASE)
        .note(note);
  }

  ActiveRegion current() throws IOException {
    return register.read(STREAM).orElseThrow();
  }

  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** Something happens at a touch, once. */
  void at(int touch, Runnable what) {
    touches = 0;
    eventAt = touch;
    event = what;
  }

  private void touch() {
    Runnable what = event;
    if (what != null && ++touches == eventAt) {
      event = null;
      what.run();
    }
  }

  /** A controller's view. */
  SwitchWorld world(String by) {
    return new SwitchWorld(
        new SwitchWorld.Entry(told(), STREAM),
        new Site(WEST, () -> west.probe(this::touch, this::touch)),
        new Site(EAST, () -> east.probe(this::touch, this::touch)),
        new SwitchWorld.Copies(toEast.positions(this::touch), toWest.positions(this::touch)),
        new SwitchWorld.Time(clock, waiter(), limits),
        by);
  }

  private Waiter waiter() {
    return new Waiter() {
      @Override
      public long nanos() {
        return clock.nanoTime();
      }

      @Override
      public void pause(Duration time) {
        touch();
        pass(time);
      }
    };
  }

  /** Time in which everybody but the controllers goes on. */
  void pass(Duration time) {
    Duration tick = Duration.ofMillis(250);
    for (Duration left = time; left.toMillis() > 0; left = left.minus(tick)) {
      clock.advance(left.compareTo(tick) < 0 ? left : tick);
      producers.run();
      toEast.work(random, 3, clock.millis());
      toWest.work(random, 3, clock.millis());
    }
  }

  private RegionRegister told() {
    return new RegionRegister() {
      @Override
      public void prepare() throws IOException {
        register.prepare();
      }

      @Override
      public Optional<ActiveRegion> read(String stream) throws IOException {
        touch();
        return register.read(stream);
      }

      @Override
      public ActiveRegion change(long epoch, RegionChange change) throws IOException {
        touch();
        ActiveRegion made = register.change(epoch, change);
        changes.add(made);
        touch();
        return made;
      }

      @Override
      public void close() {}
    };
  }

  /** Epoch, state and Region of each change since a number of them. */
  List<String> changesSince(int first) {
    return changes.stream()
        .skip(first)
        .map(each -> each.epoch() + " " + each.state() + " " + each.region())
        .toList();
  }
}
