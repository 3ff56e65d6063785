package dev.sluice.common.source.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A shard that is found while the source ends. */
class RawRecordConsumerTest {
  @Test
  void startsNoReaderOnceTheSourceEnds() throws Exception {
    ExecutorService readers = RawRecordConsumer.endingQuietly(Executors.newCachedThreadPool());
    AtomicBoolean started = new AtomicBoolean();
    readers.submit(() -> started.set(true)).get();
    assertThat(started).isTrue();
    started.set(false);

    readers.shutdown();
    readers.execute(() -> started.set(true));

    assertThat(readers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(started).isFalse();
  }

  @Test
  void failsWhenAReaderCannotStartBefore() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService readers =
        RawRecordConsumer.endingQuietly(
            new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>()));
    readers.execute(
        () -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    assertThatThrownBy(() -> readers.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);

    end.countDown();
    readers.shutdown();
  }
}
