package dev.sluice.images.inference;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model on its way into the process, in a thread of its own: a download takes minutes, and a task
 * that is cancelled meanwhile must not wait for it. Thread-safe, but for {@link #users}.
 */
final class ModelLoading {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLoading.class);

  private final CompletableFuture<SharedModel> loaded = new CompletableFuture<>();
  private final Thread thread;

  /** Who waits for the model or uses it; guarded by the lock of {@link SharedModel}. */
  int users;

  /** Begins to load. The thread has the context class loader of this one: DJL asks for it. */
  ModelLoading(ModelSource source, Callable<SharedModel> loader) {
    thread = new Thread(() -> run(source, loader), "load model " + source);
    thread.setDaemon(true);
    thread.start();
  }

  private void run(ModelSource source, Callable<SharedModel> loader) {
    try {
      SharedModel model = loader.call();
      if (!loaded.complete(model)) {
        model.dispose();
        LOG.info("Nobody waits for model '{}' any more: closed it again", source);
      }
    } catch (Throwable e) {
      if (!loaded.completeExceptionally(e)) {
        LOG.info("Loading of model '{}', for which nobody waits, has ended", source, e);
      }
    }
  }

  /**
   * The model, as soon as it is there.
   *
   * @throws InterruptedException if this thread was told to wait no longer
   */
  SharedModel await() throws Exception {
    try {
      return loaded.get();
    } catch (ExecutionException e) {
      ExceptionUtils.rethrowException(e.getCause());
      throw e;
    }
  }

  boolean hasFailed() {
    return loaded.isCompletedExceptionally();
  }

  /** Its last user is gone: closes the model, or stops loading it. */
  void end() {
    if (loaded.cancel(false)) {
      thread.interrupt();
    } else if (!hasFailed()) {
      loaded.join().dispose();
    }
  }
}
