package dev.sluice.common.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.OptionsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void readmeListsTheOptionsOfTheEnvironmentAsDeclared() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    assertThat(OptionsTable.of(EnvironmentOptions.ALL).differencesFrom(readme)).isEmpty();
  }
}
