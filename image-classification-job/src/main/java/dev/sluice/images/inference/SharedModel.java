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
import java.util.Objects;
import java.util.concurrent.Callable;
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
  private static final Map<ModelSource, ModelLoading> OPEN = new HashMap<>();

  final Model model;
  final ModelFiles files;
  final ForwardGate gate = new ForwardGate();
  private final ModelSource source;

  private SharedModel(ModelSource source, Model model, ModelFiles files) {
    this.source = source;
    this.model = model;
    this.files = files;
  }

  /**
   * The model, loaded if this is its first user; each user closes it once.
   *
   * @throws InterruptedException if the calling task was cancelled while the model was loaded; who
   *     else waits for it goes on waiting
   */
  static SharedModel acquire(ModelSource source, Path cache) throws Exception {
    return acquire(source, () -> load(source, cache));
  }

  static SharedModel acquire(ModelSource source, Callable<SharedModel> loader) throws Exception {
    ModelLoading loading;
    synchronized (OPEN) {
      loading = OPEN.computeIfAbsent(source, key -> new ModelLoading(key, loader));
      loading.users++;
    }
    try {
      return loading.await();
    } catch (Throwable e) {
      release(source, loading);
      throw e;
    }
  }

  private static void release(ModelSource source, ModelLoading loading) {
    synchronized (OPEN) {
      loading.users--;
      if (loading.users == 0 || loading.hasFailed()) {
        // A failed one serves nobody who comes later, though others have still to see its failure.
        OPEN.remove(source, loading);
      }
      if (loading.users == 0) {
        loading.end();
      }
    }
  }

  @Override
  public void close() {
    ModelLoading loading;
    synchronized (OPEN) {
      loading = Objects.requireNonNull(OPEN.get(source), "closed more often than acquired");
    }
    release(source, loading);
  }

  void dispose() {
    model.close();
    gate.close();
    LOG.info("Closed model '{}'", source);
  }

  /** How many models this process holds at the moment, those on their way included. */
  static int openModels() {
    synchronized (OPEN) {
      return OPEN.size();
    }
  }

  static SharedModel load(ModelSource source, Path cache) throws IOException {
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
      SharedModel shared = new SharedModel(source, model, files);
      shared.gate.open();
      return shared;
    } finally {
      delete(folder);
    }
  }

  /** What is known of a model without its weights in memory. */
  static ModelFiles filesOf(ModelSource source) throws IOException {
    Path folder = Files.createTempDirectory("sluice-model-");
    try {
      return new ModelFetcher(source, folder).fetch();
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
