package dev.sluice.common.sink.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A client between sink and stream: some entries fail without reaching the stream, and some answers
 * get lost behind it.
 */
final class FlakyClient implements StreamClient {
  private static final double ENTRIES = 0.05;
  private static final double ANSWERS = 0.05;

  private final StreamClient inner;
  private final Random random = new Random(4);

  private FlakyClient(StreamClient inner) {
    this.inner = inner;
  }

  static StreamClient.Factory over(StreamClient.Factory inner) {
    return () -> new FlakyClient(inner.open());
  }

  @Override
  public CompletableFuture<List<EntryResult>> put(List<StreamEntry> entries) {
    List<StreamEntry> sent = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    EntryResult[] results = new EntryResult[entries.size()];
    for (int i = 0; i < entries.size(); i++) {
      if (random.nextDouble() < ENTRIES) {
        results[i] =
            EntryResult.failed(new PutFailure(FailureKind.THROTTLED, "Throttling", "injected"));
      } else {
        sent.add(entries.get(i));
        places.add(i);
      }
    }
    boolean lost = random.nextDouble() < ANSWERS;
    if (sent.isEmpty()) {
      return CompletableFuture.completedFuture(List.of(results));
    }
    return inner
        .put(sent)
        .thenCompose(
            stored -> {
              for (int i = 0; i < places.size(); i++) {
                results[places.get(i)] = stored.get(i);
              }
              return lost
                  ? CompletableFuture.failedFuture(
                      new PutFailedException(
                          new PutFailure(FailureKind.TRANSIENT, "lost", "injected"), null))
                  : CompletableFuture.completedFuture(List.of(results));
            });
  }

  @Override
  public void close() {
    inner.close();
  }
}
