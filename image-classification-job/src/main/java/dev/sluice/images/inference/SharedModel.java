package dev.sluice.images.inference;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One model per process and source, however many subtasks use it; closed with the last of them.
 *
 * <p>Thread-safe.
 */
final class SharedModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedModel.class);
  private static final Map<ModelSource, SharedModel> OPEN = new HashMap<>();

  final Model model;
  final ModelFiles files;
  final ForwardGate gate = new ForwardGate();
  private final ModelSource source;
  private int users;

  private SharedModel(ModelSource source, Model model, ModelFiles files) {
    this.source = source;
    this.model = model;
    this.files = files;
  }

  /** The model, loaded if this is its first user; each user closes it once. */
  static SharedModel acquire(ModelSource source, Path cache) throws IOException {
    synchronized (OPEN) {
      SharedModel shared = OPEN.get(source);
      if (shared == null) {
        shared = load(source, cache);
        shared.gate.open();
        OPEN.put(source, shared);
      }
      shared.users++;
      return shared;
    }
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      users--;
      if (users == 0) {
        OPEN.remove(source);
        model.close();
        gate.close();
        LOG.info("Closed model '{}'", source);
      }
    }
  }

  /** How many models this process holds at the moment. */
  static int openModels() {
    synchronized (OPEN) {
      return OPEN.size();
    }
  }

  private static SharedModel load(ModelSource source, Path cache) throws IOException {
    TorchRuntime.start(cache);
    Path folder = Files.createTempDirectory("sluice-model-");
    try {
      ModelFiles files = new ModelFetcher(source, folder).fetch();
      Model model = Model.newInstance(files.name, "PyTorch");
      try {
        model.load(files.weights);
      } catch (IOException | MalformedModelException | RuntimeException e) {
        model.close();
        throw new InvalidModelException(
            "Cannot load '" + files.weights.getFileName() + "' of '" + source + "' as TorchScript",
            e);
      }
      LOG.info("Loaded model '{}' from '{}', SHA-256 {}", files.name, source, files.sha256);
      return new SharedModel(source, model, files);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
