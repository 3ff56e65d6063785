package dev.sluice.images.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subtasks that come and go while a model is on its way. */
@Timeout(120)
class SharedModelTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ModelSource SOURCE = Torch.source(ModelFolder.SAMPLE);

  private final CountDownLatch loading = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final List<Subtask> subtasks = new ArrayList<>();

  @AfterEach
  void endAll() throws InterruptedException {
    mayEnd.countDown();
    for (Subtask subtask : subtasks) {
      subtask.thread.interrupt();
      subtask.thread.join();
      if (!subtask.model.isCompletedExceptionally()) {
        subtask.model.join().close();
      }
    }
    assertThat(SharedModel.openModels()).isZero();
  }

  @Test
  void aSubtaskThatIsCancelledWaitsNoLongerAndTheOthersGetTheModel() throws Exception {
    Subtask first = subtask(this::slowly);
    loading.await();
    Subtask second = subtask(this::slowly);

    first.thread.interrupt();
    second.awaitWaiting();

    assertThatThrownBy(() -> first.model.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(second.model).isNotDone();
    mayEnd.countDown();
    assertThat(second.model.get(60, TimeUnit.SECONDS).files.name).isEqualTo("resnet18-shapes");
  }

  @Test
  void loadingIsToldToEndWhenItsLastSubtaskIsCancelled() throws Exception {
    Subtask only = subtask(this::slowly);
    loading.await();

    only.thread.interrupt();

    assertThatThrownBy(() -> only.model.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    interrupted.await();
    assertThat(SharedModel.openModels()).isZero();
  }

  @Test
  void aModelThatComesWhenNobodyWaitsAnyMoreIsClosedAgain() throws Exception {
    CompletableFuture<SharedModel> late = new CompletableFuture<>();
    Subtask only =
        subtask(
            () -> {
              loading.countDown();
              awaitWhateverHappens(mayEnd);
              late.complete(load());
              return late.join();
            });
    loading.await();
    only.thread.interrupt();
    assertThatThrownBy(only.model::get).hasCauseInstanceOf(InterruptedException.class);

    mayEnd.countDown();
    SharedModel unwanted = late.get();
    try (SharedModel next = SharedModel.acquire(SOURCE, Path.of(Torch.CACHE))) {
      assertThat(next).isNotSameAs(unwanted);
      assertThat(next.model.getNDManager().isOpen()).isTrue();
    }
    Await.until("closed again", LIMIT, () -> !unwanted.model.getNDManager().isOpen());
  }

  @Test
  void aFailureReachesAllThatWaitAndTheNextOneTriesAgain() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    Callable<SharedModel> loader =
        () -> {
          loading.countDown();
          if (attempts.incrementAndGet() == 1) {
            mayEnd.await();
            throw new InvalidModelException("no such model");
          }
          return load();
        };
    Subtask first = subtask(loader);
    loading.await();
    Subtask second = subtask(loader);
    second.awaitWaiting();

    mayEnd.countDown();

    for (Subtask subtask : List.of(first, second)) {
      assertThatThrownBy(() -> subtask.model.get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InvalidModelException.class)
          .hasMessageContaining("no such model");
    }
    assertThat(subtask(loader).model.get(60, TimeUnit.SECONDS).files.name).isNotEmpty();
    assertThat(attempts).hasValue(2);
  }

  private SharedModel slowly() throws Exception {
    loading.countDown();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
    return load();
  }

  private static SharedModel load() throws Exception {
    return SharedModel.load(SOURCE, Path.of(Torch.CACHE));
  }

  private static void awaitWhateverHappens(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        latch.await();
        done = true;
      } catch (InterruptedException e) {
        done = false; // as a download that does not listen
      }
    }
  }

  private Subtask subtask(Callable<SharedModel> loader) {
    Subtask subtask = new Subtask(loader);
    subtasks.add(subtask);
    return subtask;
  }

  private static final class Subtask {
    final CompletableFuture<SharedModel> model = new CompletableFuture<>();
    final Thread thread;

    Subtask(Callable<SharedModel> loader) {
      thread =
          new Thread(
              () -> {
                try {
                  model.complete(SharedModel.acquire(SOURCE, loader));
                } catch (Throwable e) {
                  model.completeExceptionally(e);
                }
              });
      thread.start();
    }

    void awaitWaiting() throws Exception {
      Await.until("it waits", LIMIT, () -> thread.getState() == Thread.State.WAITING);
    }
  }
}
