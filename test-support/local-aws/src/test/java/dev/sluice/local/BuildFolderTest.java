package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildFolderTest {
  private static final String PROPERTY = "sluice.test-folder";

  @AfterEach
  void clear() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void takesFolderOfSystemProperty(@TempDir Path folder) {
    System.setProperty(PROPERTY, folder.toString());

    assertThat(BuildFolder.find(PROPERTY, "no/such", "module")).isEqualTo(folder);
  }

  @Test
  void walksUpFromWorkingFolder() {
    Path here = Paths.get("").toAbsolutePath();

    Path found = BuildFolder.find(PROPERTY, here.getFileName().toString(), "src/main");

    assertThat(found).isEqualTo(here.resolve("src/main"));
    assertThat(Files.isDirectory(found)).isTrue();
  }

  @Test
  void saysHowToMakeWhatIsMissing() {
    assertThatThrownBy(() -> BuildFolder.find(PROPERTY, "test-support/none", "target/lib"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'test-support/none/target/lib'")
        .hasMessageContaining("mvn -pl test-support/none process-resources")
        .hasMessageContaining("-D" + PROPERTY);
  }

  @Test
  void refusesPropertyThatNamesNoFolder() {
    System.setProperty(PROPERTY, "/no/such/folder");

    assertThatThrownBy(() -> BuildFolder.find(PROPERTY, "m", "f"))
        .hasMessageContaining(PROPERTY)
        .hasMessageContaining("/no/such/folder");
  }
}
