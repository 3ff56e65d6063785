package dev.sluice.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.OptionsTable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void listsTheOptionsAsTheyAreDeclared() throws Exception {
    String readme = Files.readString(Path.of("README.md"));

    assertThat(OptionsTable.of(TickerPricesOptions.ALL).differencesFrom(readme)).isEmpty();
  }
}
