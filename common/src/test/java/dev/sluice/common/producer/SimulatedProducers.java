package dev.sluice.common.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.common.record.StampedRecord;
import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.FileRegister;
import dev.sluice.common.region.RegionChange;
import dev.sluice.common.region.RegionRegister;
import dev.sluice.common.region.RegionState;
import dev.sluice.common.sink.kinesis.FakeStream;
import dev.sluice.common.sink.kinesis.Simulation;
import dev.sluice.common.sink.kinesis.StreamEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Producers, a controller that moves the active Region to and fro, and the streams of two Regions,
 * in simulated time. Producers lose sight of the register, are killed and start again on what their
 * disk held at that moment.
 */
final class SimulatedProducers {
  static final String WEST = "us-west-2";
  static final String EAST = "us-east-2";
  static final long LEASE = 400;
  private static final int KEYS = 5;

  final Simulation simulation = new Simulation();
  final Map<String, FakeStream> streams = new HashMap<>();
  final List<Call> calls = new ArrayList<>();

  /** By epoch: when a change ended it. */
  final Map<Long, Long> endedAt = new HashMap<>();

  final Random random;
  private final RegionRegister register;
  private final Path folder;
  private int generations;

  SimulatedProducers(long seed, FakeStream.Weather weather, Path folder) throws IOException {
    this.random = new Random(seed);
    this.folder = folder;
    this.register = FileRegister.in(folder.resolve("register"));
    register.prepare();
    for (String region : List.of(WEST, EAST)) {
      streams.put(region, new FakeStream(simulation, seed + region.hashCode(), weather));
    }
    change(0, WEST, RegionState.ACTIVE);
  }

  /** What was asked of a producer. */
  record Call(
      String producer,
      String key,
      int number,
      CompletableFuture<SendResult> answer,
      AtomicLong at) {}

  /** What lies in a stream. */
  record Copy(String region, long at, String key, int number, StampedRecord stamped) {}

  ActiveRegion change(long epoch, String region, RegionState state) throws IOException {
    RegionChange change =
        RegionChange.to("ticks", region, state, "test", Instant.EPOCH)
            .lease(Duration.ofMillis(LEASE));
    endedAt.put(epoch, simulation.now());
    return register.change(epoch, change);
  }

  /** A switch as a controller makes it: the lease of the epoch before has passed between. */
  void move(String to) throws IOException {
    ActiveRegion now = register.read("ticks").orElseThrow();
    change(now.epoch(), now.region(), RegionState.SWITCHING);
    simulation.after(LEASE, () -> unchecked(() -> change(now.epoch() + 1, to, RegionState.ACTIVE)));
  }

  List<Copy> copies(String region) {
    List<Copy> copies = new ArrayList<>();
    List<StreamEntry> stored = streams.get(region).stored;
    for (int i = 0; i < stored.size(); i++) {
      StreamEntry entry = stored.get(i);
      long at = streams.get(region).storedAt.get(i);
      StampedRecord stamped = StampedRecord.parse(entry.data()).orElseThrow();
      int number = Integer.parseInt(new String(stamped.payload(), UTF_8));
      copies.add(new Copy(region, at, entry.partitionKey(), number, stamped));
    }
    return copies;
  }

  Producer producer(String name, ProducerSettings settings) throws IOException {
    return new Producer(name, settings);
  }

  static void unchecked(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A step that may fail. */
  interface Step {
    void run() throws IOException;
  }

  /** A producer, over all its processes. */
  final class Producer {
    final String name;
    private final ProducerSettings limits;
    private Path disk;
    private SendLoop loop;
    private int alive;
    private boolean seesRegister = true;
    private int next;
    private long stoppedUntil;
    long memory;

    private Producer(String name, ProducerSettings limits) throws IOException {
      this.name = name;
      this.limits = limits;
      this.disk = Files.createDirectories(folder.resolve(name));
      start();
    }

    private void start() throws IOException {
      int own = ++alive;
      memory = 0;
      ProducerSettings settings = limits.of(name, disk);
      loop =
          new SendLoop(
              settings,
              new Backlog(
                  settings,
                  Spool.open(disk, settings.spoolBytes, settings.sync),
                  Versions.open(disk, name, () -> 1000 * (simulation.now() - 3L * generations)),
                  bytes -> memory -= bytes),
              new OwnLoop(own),
              streams::get,
              () -> simulation.after(1, () -> read(own)));
      follow(own);
    }

    private void follow(int own) {
      if (own == alive) {
        read(own);
        simulation.after(100, () -> follow(own));
      }
    }

    private void read(int own) {
      if (own == alive && seesRegister) {
        long since = simulation.now();
        simulation.after(
            random.nextInt(20),
            () ->
                unchecked(
                    () -> {
                      ActiveRegion region = register.read("ticks").orElseThrow();
                      new OwnLoop(own)
                          .at(
                              simulation.now() + random.nextInt(60),
                              () -> loop.confirmed(region, since));
                    }));
      }
    }

    void send() {
      String key = "k" + random.nextInt(KEYS);
      StreamEntry entry = new StreamEntry(String.valueOf(next).getBytes(UTF_8), name + key, null);
      Call call = new Call(name, name + key, next++, new CompletableFuture<>(), new AtomicLong());
      calls.add(call);
      var unused = call.answer.whenComplete((result, failure) -> call.at.set(simulation.now()));
      new OwnLoop(alive)
          .run(
              () -> {
                memory += Outgoing.bytes(entry);
                loop.add(entry, call.answer);
                loop.pump();
              });
    }

    void losesSight(boolean lost) {
      seesRegister = !lost;
    }

    /** Its thread stands still; the network and the time do not. */
    void stop(long millis) {
      stoppedUntil = simulation.now() + millis;
    }

    /** The next process finds what the disk has at this moment. */
    void kill() throws IOException {
      alive++;
      generations++;
      Path copy = folder.resolve(name + "-" + generations);
      try (Stream<Path> files = Files.list(disk)) {
        Files.createDirectories(copy);
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
      disk = copy;
      start();
    }

    ProducerStatus status() {
      return loop.status();
    }

    void close() throws IOException {
      loop.close();
      alive++;
    }

    /** A thread that ends with its process. */
    private final class OwnLoop implements Loop {
      private final int own;

      private OwnLoop(int own) {
        this.own = own;
      }

      @Override
      public long now() {
        return simulation.now();
      }

      @Override
      public void run(Runnable action) {
        at(simulation.now(), action);
      }

      @Override
      public void at(long millis, Runnable action) {
        simulation.after(
            millis - simulation.now(),
            () -> {
              if (own == alive && simulation.now() < stoppedUntil) {
                at(stoppedUntil, action);
              } else if (own == alive) {
                action.run();
              }
            });
      }
    }
  }
}
