package dev.sluice.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePositionStoreTest extends PositionStoreContract {
  @TempDir Path folder;

  @Override
  PositionStore store() throws IOException {
    return FilePositionStore.open(folder.resolve("positions").toUri().toString(), KEEP, clock);
  }

  @Test
  void skipsWhatIsHalfWritten() throws Exception {
    try (PositionStore store = store()) {
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
}
