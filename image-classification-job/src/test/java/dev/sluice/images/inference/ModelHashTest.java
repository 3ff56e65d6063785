package dev.sluice.images.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands in the Javadoc give the same hash. */
class ModelHashTest {
  @TempDir Path folder;

  @Test
  void isWhatTheShellSaysOfAFolder() throws Exception {
    write("b.pt", "weights");
    write("a b.txt", "with a space");
    write("B.txt", "capitals are sorted first");
    write("sub/deeper/c", "");
    write("ü.txt", "ü");
    write("-dash", "x");
    Files.createDirectories(folder.resolve("empty"));
    Files.createSymbolicLink(folder.resolve("link.txt"), folder.resolve("b.pt"));

    String expected =
        shell("find -L . -type f | LC_ALL=C sort | xargs -d '\\n' sha256sum | sha256sum", folder);

    assertThat(ModelHash.of(folder)).isEqualTo(expected);
  }

  @Test
  void isWhatTheShellSaysOfTheSampleModel() throws Exception {
    Path model = DjlTranslator.model("resnet18-shapes");

    String expected =
        shell("find -L . -type f | LC_ALL=C sort | xargs -d '\\n' sha256sum | sha256sum", model);

    assertThat(ModelHash.of(model)).isEqualTo(expected);
  }

  @Test
  void isWhatTheShellSaysOfAFile() throws Exception {
    Path file = write("model.zip", "some bytes");

    assertThat(ModelHash.of(file)).isEqualTo(shell("sha256sum model.zip", folder));
  }

  @Test
  void changesWithContentAndNames() throws Exception {
    write("a", "1");
    String before = ModelHash.of(folder);
    write("a", "2");
    String otherContent = ModelHash.of(folder);
    Files.move(folder.resolve("a"), folder.resolve("b"));
    String otherName = ModelHash.of(folder);

    assertThat(before).isNotEqualTo(otherContent);
    assertThat(otherContent).isNotEqualTo(otherName);
  }

  private Path write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String shell(String command, Path in) throws Exception {
    assumeThat(Path.of("/usr/bin/sha256sum")).exists();
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .directory(in.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = process.inputReader()) {
      String line = out.readLine();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      return line.substring(0, 64);
    } finally {
      process.destroyForcibly();
    }
  }
}
