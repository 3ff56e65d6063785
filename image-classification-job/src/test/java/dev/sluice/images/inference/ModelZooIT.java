package dev.sluice.images.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelZooIT {
  private static final String RESNET = "djl://ai.djl.pytorch/resnet/";

  @TempDir Path folder;

  @Test
  void findsThePinnedNameAndListsTheOthersWhenThereIsNone() throws Exception {
    Path mirror = folder.resolve("mirror");
    ZooMirror.write(mirror);
    List<String> options =
        List.of(
            "-DDJL_REPO_URL=" + mirror.toUri(),
            "-DDJL_CACHE_DIR=" + folder.resolve("cache"),
            "-DENGINE_CACHE_DIR=" + Torch.CACHE);

    ForkedJvm jvm =
        ForkedJvm.run(
            folder,
            ZooMirror.class,
            options,
            RESNET + "0.0.1/traced_resnet18",
            RESNET + "0.0.1/traced_resnet34",
            RESNET + "0.0.2/traced_resnet18");

    assertThat(jvm.exitCode).as(jvm.output).isZero();
    String hash = ModelHash.of(stored());
    assertThat(jvm.output.lines().filter(line -> line.matches("(OPENED|REFUSED).*")))
        .containsExactly(
            "OPENED traced_resnet18 0.0.1 " + hash + " 10",
            "REFUSED The model zoo has no '"
                + RESNET
                + "0.0.1/traced_resnet34', but 0.0.1/traced_resnet18, 0.0.1/traced_resnet50",
            "REFUSED The model zoo has no '"
                + RESNET
                + "0.0.2/traced_resnet18', but 0.0.1/traced_resnet18, 0.0.1/traced_resnet50");
  }

  /** Where the zoo keeps the files of the model. */
  private Path stored() throws Exception {
    try (var files = Files.walk(folder.resolve("cache"))) {
      return files
          .filter(file -> file.endsWith("traced_resnet18.pt"))
          .findFirst()
          .orElseThrow()
          .getParent();
    }
  }
}
