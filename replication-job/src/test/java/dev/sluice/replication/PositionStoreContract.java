package dev.sluice.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each store of positions does. */
abstract class PositionStoreContract {
  static final Duration KEEP = Duration.ofHours(1);
  final FakeClock clock = FakeClock.at(Instant.parse("2026-01-10T00:00:00Z"));

  /** Opens the store of this test, as another process would. */
  abstract PositionStore store() throws IOException;

  @Test
  void translatesToTheNewestLineThatAConsumerHasPassedInEachShard() throws Exception {
    try (PositionStore store = store()) {
      store.append(cut(1, Map.of("s0", "9", "s1", "100"), Map.of("t0", "5")));
      store.append(cut(2, Map.of("s0", "10", "s1", "200"), Map.of("t0", "7")));
      store.append(cut(3, Map.of("s0", "99", "s1", "300"), Map.of("t0", "8")));

      // Numbers, not texts: 10 is more than 9.
      assertThat(store.translate(Map.of("s0", "10", "s1", "250")).orElseThrow().checkpoint())
          .isEqualTo(2);
      assertThat(store.translate(Map.of("s0", "99", "s1", "100")).orElseThrow().checkpoint())
          .isEqualTo(1);
      assertThat(store.translate(Map.of("s0", "1000", "s1", "1000")).orElseThrow().target())
          .isEqualTo(Map.of("t0", "8"));
      assertThat(store.translate(Map.of("s0", "8"))).isEmpty();
      assertThat(store.translate(Map.of("unknown", "1")).orElseThrow().checkpoint()).isEqualTo(3);
    }
  }

  @Test
  void findsAgainWhatAnotherStoreHasKept() throws Exception {
    PositionCut cut =
        new PositionCut(7, 1_000, 900, Map.of("s", "12345678901234567890123"), Map.of("t", "2"));
    try (PositionStore store = store()) {
      store.append(cut);
      store.append(cut);
    }

    try (PositionStore store = store()) {
      assertThat(all(store)).usingRecursiveFieldByFieldElementComparator().containsExactly(cut);
    }
  }

  @Test
  void dropsWhatIsTooOldButNeverTheNewest() throws Exception {
    try (PositionStore store = store()) {
      store.append(cut(1, Map.of("s", "1"), Map.of()));
      clock.advance(Duration.ofHours(2));
      store.append(cut(2, Map.of("s", "2"), Map.of()));
      assertThat(all(store)).extracting(PositionCut::checkpoint).containsExactly(2L);
      store.append(
          new PositionCut(3, clock.millis() - 10_000_000_000L, 0, Map.of("s", "3"), Map.of()));
      assertThat(all(store)).extracting(PositionCut::checkpoint).containsExactly(2L);

      // Nothing new for long: the newest is too old, and stays.
      clock.advance(Duration.ofDays(9));
      store.append(
          new PositionCut(4, clock.millis() - 10_000_000_000L, 0, Map.of("s", "4"), Map.of()));
      assertThat(all(store)).extracting(PositionCut::checkpoint).containsExactly(2L);
    }
  }

  /** More than a page, with times and checkpoints of several lengths. */
  @Test
  void givesManyFromTheNewestToTheOldest() throws Exception {
    List<Long> expected = new ArrayList<>();
    try (PositionStore store = store()) {
      for (long checkpoint = 1; checkpoint <= 55; checkpoint++) {
        store.append(
            new PositionCut(
                checkpoint, clock.millis() + checkpoint / 2, 0, Map.of("s", "1"), Map.of()));
        expected.add(0, checkpoint);
        if (checkpoint == 8) {
          clock.advance(Duration.ofSeconds(1));
        }
      }

      assertThat(all(store))
          .extracting(PositionCut::time)
          .isSortedAccordingTo(java.util.Comparator.reverseOrder());
      assertThat(all(store))
          .extracting(PositionCut::checkpoint)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void isEmptyBeforeTheFirstLine() throws Exception {
    try (PositionStore store = store()) {
      assertThat(all(store)).isEmpty();
      assertThat(store.translate(Map.of("s", "1"))).isEmpty();
    }
  }

  final PositionCut cut(long checkpoint, Map<String, String> source, Map<String, String> target) {
    return new PositionCut(checkpoint, clock.millis() + checkpoint, clock.millis(), source, target);
  }

  static List<PositionCut> all(PositionStore store) throws IOException {
    List<PositionCut> all = new ArrayList<>();
    store.newestFirst().forEachRemaining(all::add);
    return all;
  }
}
