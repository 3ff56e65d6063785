package dev.sluice.common.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRegisterTest extends RegisterContract {
  @TempDir Path folder;

  @Override
  RegionRegister open() {
    return FileRegister.in(folder.resolve("register"));
  }

  @Test
  void aChangeThatDiedBeforeItsEndLeavesTheRecordWhole() throws Exception {
    ActiveRegion first = register.change(0, to("ticks", WEST));
    Files.writeString(folder.resolve("register/ticks.part"), "{\"stream\": \"ti");

    assertThat(register.read("ticks")).contains(first);
    assertThat(register.change(1, to("ticks", EAST)).epoch()).isEqualTo(2);
    assertThat(register.read("ticks")).map(ActiveRegion::region).contains(EAST);
  }

  @Test
  void aRecordThatCannotBeReadIsAnErrorAndNotAnEmptyRegister() throws Exception {
    register.change(0, to("ticks", WEST));
    Path file = folder.resolve("register/ticks.json");
    String whole = Files.readString(file);
    Files.writeString(file, whole.replace("\"epoch\":1", "\"age\":1"));

    assertThatThrownBy(() -> register.read("ticks")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> register.change(0, to("ticks", EAST)))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(StaleEpochException.class);
  }

  @Test
  void namesOfStreamsStayInTheFolder() throws Exception {
    register.change(0, to("../../ticks", WEST));

    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .allMatch(file -> file.startsWith(folder.resolve("register")));
    }
  }
}
