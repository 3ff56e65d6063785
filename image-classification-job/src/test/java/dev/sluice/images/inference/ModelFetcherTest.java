package dev.sluice.images.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFetcherTest {
  @TempDir Path temp;
  private int fetches;

  @Test
  void takesAFolderAndLeavesTheOriginalAlone() throws Exception {
    ModelFiles files = fetch(Torch.source(ModelFolder.SAMPLE));

    assertThat(files.name).isEqualTo("resnet18-shapes");
    assertThat(files.version).isEmpty();
    assertThat(files.classes).hasSize(10).contains("star", "circle");
    assertThat(files.sha256).isEqualTo(ModelHash.of(ModelFolder.SAMPLE));
    assertThat(files.weights)
        .hasSameBinaryContentAs(ModelFolder.SAMPLE.resolve(ModelFolder.WEIGHTS));
    assertThat(files.weights).startsWith(temp);
  }

  @Test
  void takesAFolderWithOneFolderInside() throws Exception {
    ModelFolder.copy(temp.resolve("outer").resolve("inner"));

    assertThat(fetch(Torch.source(temp.resolve("outer"))).classes).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.zip", "m.tar.gz", "m.tgz"})
  void takesArchivesFlatAndNested(String name) throws Exception {
    for (String below : new String[] {"", "resnet/"}) {
      Path archive = temp.resolve(name);
      if (name.endsWith(".zip")) {
        Archives.zipOf(ModelFolder.SAMPLE, below, archive);
      } else {
        Archives.tarballOf(ModelFolder.SAMPLE, below, archive);
      }

      ModelFiles files = fetch(Torch.source(archive));

      assertThat(files.classes).hasSize(10);
      assertThat(files.sha256).isEqualTo(ModelHash.of(archive));
      assertThat(files.name).isEqualTo("resnet18-shapes");
    }
  }

  @Test
  void takesThePinnedHashAndNoOther() throws Exception {
    Path folder = ModelFolder.copy(temp.resolve("m")).path;
    String right = ModelHash.of(folder);
    Path archive = Archives.zipOf(folder, "", temp.resolve("m.zip"));
    String wrong = "0".repeat(64);

    assertThat(fetch(Torch.source(folder, right)).sha256).isEqualTo(right);
    assertThat(fetch(Torch.source(archive, ModelHash.of(archive))).classes).hasSize(10);
    assertThatThrownBy(() -> fetch(Torch.source(folder, wrong)))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("must have SHA-256 '" + wrong + "', but has '" + right + "'");
    assertThatThrownBy(() -> fetch(Torch.source(archive, right)))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("must have SHA-256");
  }

  @Test
  void unpacksNothingOfAnArchiveWithTheWrongHash() throws Exception {
    Path archive = Archives.zipOf(ModelFolder.SAMPLE, "", temp.resolve("m.zip"));
    Path folder = Files.createDirectory(temp.resolve("local"));

    assertThatThrownBy(
            () -> new ModelFetcher(Torch.source(archive, "0".repeat(64)), folder).fetch())
        .isInstanceOf(InvalidModelException.class);

    assertThat(folder.resolve("unpacked")).doesNotExist();
  }

  @Test
  void seesNewContentUnderTheSameUrl() throws Exception {
    ModelFolder folder = ModelFolder.copy(temp.resolve("m"));
    Path archive = Archives.zipOf(folder.path, "", temp.resolve("m.zip"));
    String before = fetch(Torch.source(folder.path)).sha256;
    String archivedBefore = fetch(Torch.source(archive)).sha256;

    folder.write("synset.txt", "a\nb\n");
    Archives.zipOf(folder.path, "", archive);

    assertThat(fetch(Torch.source(folder.path)).classes).containsExactly("a", "b");
    assertThat(fetch(Torch.source(folder.path)).sha256).isNotEqualTo(before);
    assertThat(fetch(Torch.source(archive)).classes).containsExactly("a", "b");
    assertThat(fetch(Torch.source(archive)).sha256).isNotEqualTo(archivedBefore);
  }

  @Test
  void namesGivenInTheSourceWin() throws Exception {
    String url = ModelFolder.SAMPLE.toUri().toString();

    ModelFiles files = fetch(new ModelSource(url, "mine", "7", null));

    assertThat(files.name).isEqualTo("mine");
    assertThat(files.version).isEqualTo("7");
  }

  @Test
  void saysWhichFileIsMissing() throws Exception {
    Path bare = ModelFolder.copy(temp.resolve("a")).delete("serving.properties").path;
    Path unnamed = ModelFolder.copy(temp.resolve("b")).delete("synset.txt").path;
    Path weightless = ModelFolder.copy(temp.resolve("c")).delete(ModelFolder.WEIGHTS).path;

    assertRefused(bare, "has no serving.properties");
    assertRefused(unnamed, "Model has no 'synset.txt'");
    assertRefused(weightless, "must have one TorchScript file 'resnet18-shapes.pt', but has 0");
    assertRefused(temp.resolve("nowhere"), "No model at 'file://" + temp.resolve("nowhere"));
  }

  @Test
  void takesTheNamedOneOfSeveralWeightsAndRefusesToGuess() throws Exception {
    ModelFolder folder = ModelFolder.copy(temp.resolve("m")).write("other.pt", "x");

    assertThat(fetch(Torch.source(folder.path)).name).isEqualTo("resnet18-shapes");
    folder.set("option.modelName", "");
    assertRefused(folder.path, "must have one TorchScript file '*.pt', but has 2");
  }

  @Test
  void refusesFilesThatAreNoArchive() throws Exception {
    assertRefused(
        ModelFolder.SAMPLE.resolve(ModelFolder.WEIGHTS),
        "must be a folder or end in .zip, .tar.gz or .tgz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "djl://ai.djl.pytorch/resnet18",
        "djl://ai.djl.pytorch/resnet/0.0.1",
        "djl://ai.djl.pytorch/resnet/0.0.1/traced_resnet18/more",
        "djl:///resnet/0.0.1/traced_resnet18",
        "djl://ai djl/resnet",
      })
  void refusesZooNamesThatAreNotPinned(String url) {
    assertThatThrownBy(() -> fetch(new ModelSource(url, null, null, null)))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("must have the form djl://group/artifact/version/name");
  }

  @Test
  void refusesGroupsAndArtifactsThatTheZooHasNot() {
    for (String name : new String[] {"no.such.group/resnet", "ai.djl.pytorch/no-such-artifact"}) {
      ModelSource source = new ModelSource("djl://" + name + "/0.0.1/x", null, null, null);

      assertThatThrownBy(() -> fetch(source))
          .isInstanceOf(InvalidModelException.class)
          .hasMessage("The model zoo has no '" + name + "'");
    }
  }

  private void assertRefused(Path url, String why) {
    assertThatThrownBy(() -> fetch(Torch.source(url)))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(why);
  }

  private ModelFiles fetch(ModelSource source) throws Exception {
    Path folder = Files.createDirectory(temp.resolve("fetch-" + fetches++));
    return new ModelFetcher(source, folder).fetch();
  }
}
