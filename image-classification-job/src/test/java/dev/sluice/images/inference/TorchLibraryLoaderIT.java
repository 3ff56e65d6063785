package dev.sluice.images.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.images.decoding.Pictures;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchLibraryLoaderIT {
  @TempDir Path folder;

  @Test
  void classLoadersInTurnClassifyTheSame() throws Exception {
    ForkedJvm jvm =
        ForkedJvm.run(
            folder,
            ClassLoadersInTurn.class,
            List.of(),
            ModelFolder.SAMPLE.toString(),
            Pictures.sampleData().resolve("images/star/star-1.jpg").toString(),
            "4");

    assertThat(jvm.exitCode).as(jvm.output).isZero();
    assertThat(jvm.crashes()).isEmpty();
    List<String> results =
        jvm.output.lines().filter(line -> line.startsWith(ClassLoadersInTurn.RESULT)).toList();
    assertThat(results).hasSize(4).containsOnly(results.get(0));
  }

  @Test
  void libraryThatIsNotThereFailsAsEver() {
    assertThatThrownBy(() -> TorchLibraryLoader.load("/nowhere/libdjl_torch.so"))
        .isInstanceOf(UnsatisfiedLinkError.class)
        .hasMessageContaining("/nowhere/libdjl_torch.so");
  }
}
