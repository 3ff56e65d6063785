package dev.sluice.images.inference;

import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import ai.djl.repository.zoo.ModelLoader;
import ai.djl.repository.zoo.ModelZoo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;

/**
 * Brings a model's files to a local folder and checks their hash before anything reads them.
 *
 * <p>Nothing is kept from run to run, so new content under an old URL is never missed. The model
 * zoo keeps its own cache, by version.
 */
final class ModelFetcher {
  private final ModelSource source;
  private final Path folder;

  /**
   * @param folder empty, removed by the caller after the model is loaded
   */
  ModelFetcher(ModelSource source, Path folder) {
    this.source = source;
    this.folder = folder;
  }

  ModelFiles fetch() throws IOException {
    return source.url.startsWith("djl://") ? fromZoo() : fromFileSystem();
  }

  private ModelFiles fromFileSystem() throws IOException {
    org.apache.flink.core.fs.Path remote = new org.apache.flink.core.fs.Path(source.url);
    FileSystem files = remote.getFileSystem();
    if (!files.exists(remote)) {
      throw new InvalidModelException("No model at '" + source.url + "'");
    }
    Path copy = folder.resolve(remote.getName());
    copy(files, files.getFileStatus(remote), copy);
    String sha256 = check(copy);
    if (Files.isDirectory(copy)) {
      return ModelFiles.of(copy, source, sha256);
    }
    if (!ArchiveExtractor.isArchive(source.url)) {
      throw new InvalidModelException(
          "Model '" + source.url + "' must be a folder or end in .zip, .tar.gz or .tgz");
    }
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    ArchiveExtractor.STANDARD.extract(copy, unpacked);
    return ModelFiles.of(unpacked, source, sha256);
  }

  private static void copy(FileSystem files, FileStatus status, Path target) throws IOException {
    if (!status.isDir()) {
      try (InputStream in = files.open(status.getPath())) {
        Files.copy(in, target);
      }
      return;
    }
    Files.createDirectories(target);
    for (FileStatus child : files.listStatus(status.getPath())) {
      copy(files, child, target.resolve(child.getPath().getName()));
    }
  }

  /** Pinned by group, artifact, version and name; DJL checks the SHA-1 of each file it fetches. */
  private ModelFiles fromZoo() throws IOException {
    String[] parts = source.url.substring("djl://".length()).split("/", -1);
    if (parts.length != 4 || Arrays.asList(parts).contains("")) {
      throw new InvalidModelException(
          "Model '" + source.url + "' must have the form djl://group/artifact/version/name");
    }
    ModelZoo zoo = ModelZoo.getModelZoo(parts[0]);
    ModelLoader loader = zoo == null ? null : zoo.getModelLoader(parts[1]);
    if (loader == null) {
      throw new InvalidModelException("The model zoo has no '" + parts[0] + "/" + parts[1] + "'");
    }
    MRL resource = loader.getMrl();
    Artifact artifact = find(resource, parts[2], parts[3]);
    resource.prepare(artifact, null);
    Path files = resource.getRepository().getResourceDirectory(artifact);
    Map<String, String> values = new HashMap<>();
    artifact.getArguments().forEach((key, value) -> values.put(key, String.valueOf(value)));
    values.put("option.modelName", artifact.getName());
    return ModelFiles.of(files, source, check(files), values, artifact.getVersion());
  }

  private Artifact find(MRL resource, String version, String name) throws IOException {
    List<Artifact> all = resource.listArtifacts();
    return all.stream()
        .filter(a -> Objects.equals(a.getVersion(), version) && Objects.equals(a.getName(), name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidModelException(
                    "The model zoo has no '"
                        + source.url
                        + "', but "
                        + all.stream()
                            .map(a -> a.getVersion() + "/" + a.getName())
                            .distinct()
                            .collect(Collectors.joining(", "))));
  }

  private String check(Path files) throws IOException {
    String actual = ModelHash.of(files);
    if (source.sha256 != null && !source.sha256.equals(actual)) {
      throw new InvalidModelException(
          "Model '"
              + source.url
              + "' must have SHA-256 '"
              + source.sha256
              + "', but has '"
              + actual
              + "': it was changed, or another one was meant");
    }
    return actual;
  }
}
