package dev.sluice.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The steps of one partition of a {@link ManualSource}, and how far they are done. */
final class ManualScript {
  private final List<Step> steps = new ArrayList<>();
  private CompletableFuture<Void> grown = new CompletableFuture<>();
  private boolean ended;
  private int consumed;
  private int checkpointed;

  void append(Step step) {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      if (ended) {
        throw new IllegalStateException("ManualSource is at its end: nothing can follow");
      }
      ended = step.kind == Kind.END;
      steps.add(step);
      waiting = grown;
      grown = new CompletableFuture<>();
    }
    waiting.complete(null); // outside of the lock: it runs what waits for it
  }

  synchronized @Nullable Step step(int position) {
    return position < steps.size() ? steps.get(position) : null;
  }

  /** Completes when there is a step at the position. */
  synchronized CompletableFuture<Void> available(int position) {
    return position < steps.size() ? CompletableFuture.completedFuture(null) : grown;
  }

  synchronized int size() {
    return steps.size();
  }

  synchronized int consumed() {
    return consumed;
  }

  synchronized void consumedTo(int position) {
    consumed = Math.max(consumed, position);
  }

  synchronized int checkpointed() {
    return checkpointed;
  }

  synchronized void checkpointedTo(int position) {
    checkpointed = Math.max(checkpointed, position);
  }

  enum Kind {
    RECORD,
    TIMED_RECORD,
    WATERMARK,
    IDLE,
    END
  }

  static final class Step {
    final Kind kind;
    final @Nullable Object element;
    final long timestamp;

    private Step(Kind kind, @Nullable Object element, long timestamp) {
      this.kind = kind;
      this.element = element;
      this.timestamp = timestamp;
    }

    static Step record(@Nullable Object element) {
      return new Step(Kind.RECORD, element, Long.MIN_VALUE);
    }

    static Step record(@Nullable Object element, long timestamp) {
      return new Step(Kind.TIMED_RECORD, element, timestamp);
    }

    static Step watermark(long timestamp) {
      return new Step(Kind.WATERMARK, null, timestamp);
    }

    static Step idle() {
      return new Step(Kind.IDLE, null, Long.MIN_VALUE);
    }

    static Step end() {
      return new Step(Kind.END, null, Long.MIN_VALUE);
    }
  }
}
