package dev.sluice.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePositionStoreTest {
  private final FakeClock clock = FakeClock.at(Instant.parse("2026-01-10T00:00:00Z"));

  @TempDir Path folder;

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
    }
  }

  @Test
  void isEmptyBeforeTheFirstLineAndSkipsWhatIsHalfWritten() throws Exception {
    try (PositionStore store = store()) {
      assertThat(all(store)).isEmpty();
      store.append(cut(1, Map.of("s", "1"), Map.of()));
      Files.writeString(folder.resolve("positions/00000000000000000009-9.json.part"), "{");

      assertThat(all(store)).hasSize(1);
    }
  }

  @Test
  void refusesAVersionThatItDoesNotKnow() {
    assertThatThrownBy(() -> PositionCutJson.read("{\"version\":2}".getBytes(UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version '2'");
  }

  private PositionCut cut(long checkpoint, Map<String, String> source, Map<String, String> target) {
    return new PositionCut(checkpoint, clock.millis() + checkpoint, clock.millis(), source, target);
  }

  private static List<PositionCut> all(PositionStore store) throws IOException {
    List<PositionCut> all = new ArrayList<>();
    store.newestFirst().forEachRemaining(all::add);
    return all;
  }

  private PositionStore store() throws IOException {
    return FilePositionStore.open(
        folder.resolve("positions").toUri().toString(), Duration.ofHours(1), clock);
  }
}
