package dev.sluice.replication.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.RegionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Producers write all the time, as slowly and as late as their lease and their request timeout
 * allow, while the stream goes home. Whatever one of them was told is stored is at home in the end,
 * and the records of each key are there in their order.
 */
class FailbackLosesNothingPropertiesTest {
  private static final int PRODUCERS = 4;

  @Property(tries = 60)
  void whateverWasAcknowledgedIsAtHomeInOrder(@ForAll long seed) throws Exception {
    Path folder = Files.createTempDirectory("failback");
    try {
      Drill drill = new Drill(folder, seed).away();
      List<Producer> producers = new ArrayList<>();
      for (int i = 0; i < PRODUCERS; i++) {
        producers.add(new Producer(drill, "key-" + i, drill.random.split()));
      }
      drill.producers = () -> producers.forEach(Producer::tick);
      drill.pass(Duration.ofSeconds(20));

      Failback.run(drill.world("a"), false, drill.out);
      drill.toWest.running = false;
      drill.pass(Duration.ofMinutes(1));

      assertThat(drill.current().region()).isEqualTo(Drill.WEST);
      for (Producer producer : producers) {
        producer.check();
      }
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** Sends numbers under one key, one after the other. */
  private static final class Producer {
    private final Drill drill;
    private final String key;
    private final SplittableRandom random;
    private final Set<Integer> acknowledged = new LinkedHashSet<>();
    private final Map<String, Integer> acknowledgedBy = new HashMap<>();
    private @Nullable ActiveRegion record;
    private long readAt;
    private int next;
    private @Nullable Request request;

    private Producer(Drill drill, String key, SplittableRandom random) {
      this.drill = drill;
      this.key = key;
      this.random = random;
    }

    void tick() {
      long now = drill.clock.nanoTime();
      Request sent = request;
      if (sent != null) {
        if (now >= sent.landsAt) {
          sent.to.store(key, Integer.toString(next), null);
          acknowledged.add(next++);
          acknowledgedBy.merge(sent.region, 1, Integer::sum);
          request = null;
        }
        return;
      }
      ActiveRegion known = record;
      if (known == null || now - readAt > known.lease().toNanos()) {
        readAt = now;
        record = read();
      } else if (known.state() == RegionState.ACTIVE) {
        boolean west = known.region().equals(Drill.WEST);
        long most = drill.limits.request.toNanos();
        // Late more often than not: that is what the order of the steps must stand.
        long takes = random.nextBoolean() ? most : random.nextLong(most);
        request = new Request(west ? drill.west : drill.east, known.region(), now + takes);
      } else if (random.nextInt(4) == 0) {
        record = null; // Looks again before its lease is over, as it may.
      }
    }

    private ActiveRegion read() {
      try {
        return drill.current();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void check() {
      List<Integer> home =
          drill.west.records().stream()
              .filter(r -> r.key().equals(key))
              .map(r -> Integer.valueOf(r.text()))
              .distinct()
              .toList();
      assertThat(home).as(key).containsAll(acknowledged).isSorted();
      assertThat(acknowledgedBy).containsOnlyKeys(Drill.EAST, Drill.WEST);
    }
  }

  private record Request(FakeStream to, String region, long landsAt) {}
}
