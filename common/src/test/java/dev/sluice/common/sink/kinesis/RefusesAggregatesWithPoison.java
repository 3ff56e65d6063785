package dev.sluice.common.sink.kinesis;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A stream that refuses a whole request for the sake of one word in it. */
record RefusesAggregatesWithPoison(FakeStream inner) implements StreamClient {
  @Override
  public CompletableFuture<List<EntryResult>> put(List<StreamEntry> entries) {
    if (entries.stream().noneMatch(entry -> FakeStream.text(entry).contains("poison"))) {
      return inner.put(entries);
    }
    return inner
        .put(List.of())
        .thenCompose(
            empty ->
                CompletableFuture.failedFuture(
                    new PutFailedException(
                        new PutFailure(FailureKind.REFUSED, "ValidationException", "poison"),
                        null)));
  }

  @Override
  public void close() {
    inner.close();
  }
}
