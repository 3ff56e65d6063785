package dev.sluice.benchmarks.replication;

import dev.sluice.benchmarks.measure.Patience;
import dev.sluice.common.sink.kinesis.EntryResult;
import dev.sluice.common.sink.kinesis.StreamClient;
import dev.sluice.common.sink.kinesis.StreamEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Puts the records of a load into the source, in their order. */
final class Producer implements AutoCloseable {
  private static final int LARGEST_PUT = 500;
  private static final int LARGEST_BYTES = Streams.REQUEST_BYTES;
  private static final int PUTS_A_SECOND = 10;

  private final Load load;
  private final StreamClient client;
  private int next;

  Producer(Load load, Streams streams) {
    this.load = load;
    this.client = streams.source().writer().open();
  }

  /** All at once. */
  void backlog() throws ExecutionException, InterruptedException {
    int most = Math.max(1, Math.min(LARGEST_PUT, LARGEST_BYTES / load.size()));
    while (next < load.backlog()) {
      put(Math.min(most, load.backlog() - next));
    }
  }

  /** The others, in ten requests a second. */
  void atFixedRate() throws ExecutionException, InterruptedException {
    long begin = System.nanoTime();
    long period = TimeUnit.SECONDS.toNanos(1) / PUTS_A_SECOND;
    for (int i = 0; i < PUTS_A_SECOND * load.seconds(); i++) {
      Patience.at(begin + i * period);
      put(load.perSecond() / PUTS_A_SECOND);
    }
  }

  private void put(int count) throws ExecutionException, InterruptedException {
    List<StreamEntry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(load.entry(next++));
    }
    for (EntryResult result : client.put(entries).get()) {
      if (result.failure() != null) {
        throw new IllegalStateException("The source refused a record: " + result.failure());
      }
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
