package dev.sluice.replication.drill;

import dev.sluice.common.producer.AttemptCounts;
import dev.sluice.common.producer.ProducerSettings;
import dev.sluice.common.producer.ProducerStatus;
import dev.sluice.common.producer.RegionProducer;
import dev.sluice.common.producer.SpoolSync;
import dev.sluice.common.region.RegionRegister;
import dev.sluice.common.sink.kinesis.PutSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Sends ticks at a rate with the producer of the library, in a thread of its own, from a seed. */
final class TickProducer implements AutoCloseable {
  private static final String NAME = "drill";
  private static final long SPOOL_BYTES = 1L << 30;
  private static final int MOST_CENTS = 100_000;
  private static final int REQUESTS = 2;
  private static final int REQUEST_RECORDS = 500;
  private static final int REQUEST_BYTES = 1 << 20;
  private static final Duration EACH = Duration.ofMillis(100);
  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration SENT_LIMIT = Duration.ofMinutes(2);

  private final RegionProducer producer;
  private final TickLedger ledger;
  private final DrillSettings settings;
  private final SplittableRandom random;
  private final Thread thread = new Thread(this::send, "drill-producer");
  private volatile boolean stopped;
  private volatile boolean interrupted;

  private TickProducer(RegionProducer producer, TickLedger ledger, DrillSettings settings) {
    this.producer = producer;
    this.ledger = ledger;
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed);
    thread.setDaemon(true);
  }

  /**
   * Opens the producer and begins to send.
   *
   * @param folder of its spool
   */
  static TickProducer start(
      DrillSite site,
      RegionRegister register,
      Path folder,
      DrillSettings settings,
      TickLedger ledger)
      throws IOException {
    ProducerSettings limits =
        ProducerSettings.of(DrillSite.STREAM, NAME, folder)
            .spool(SPOOL_BYTES, SpoolSync.ROLL)
            .puts(PutSettings.defaults().requests(REQUESTS, REQUEST_RECORDS, REQUEST_BYTES))
            .refreshInterval(REFRESH);
    RegionProducer producer =
        RegionProducer.open(register, limits, region -> site.address(region).writer());
    TickProducer ticks = new TickProducer(producer, ledger, settings);
    ticks.thread.start();
    return ticks;
  }

  /** Ten times a second what is due, so that requests carry several records. */
  private void send() {
    long begin = System.nanoTime();
    double perNano = (double) settings.recordsPerSecond / TimeUnit.SECONDS.toNanos(1);
    int number = 0;
    try {
      while (!stopped) {
        for (double due = (System.nanoTime() - begin) * perNano; number < due; number++) {
          send(number);
        }
        Patience.pass(EACH);
      }
    } catch (InterruptedException e) {
      interrupted = true; // by close()
    }
  }

  private void send(int number) throws InterruptedException {
    String key = "T" + random.nextInt(settings.keys);
    Tick tick = new Tick(number, key, 1 + random.nextInt(MOST_CENTS), random.nextBoolean());
    ledger.sent(tick);
    var unused =
        producer
            .send(tick.key, tick.payload())
            .whenComplete(
                (result, failure) -> {
                  if (failure == null) {
                    ledger.told(tick, result, DrillSite.AWAY);
                  } else {
                    ledger.failed(tick, failure);
                  }
                });
  }

  /**
   * How many it has sent.
   *
   * @throws IOException if it can send no more
   */
  int sent() throws IOException {
    if (!stopped && !thread.isAlive()) {
      throw new IOException("The producer has ended, after " + ledger.sent() + " records");
    }
    return ledger.sent();
  }

  /** What a Region has stored and refused until now, by attempts of records. */
  AttemptCounts attemptsIn(String region) throws InterruptedException {
    return producer.status().attempts().getOrDefault(region, new AttemptCounts(0, 0, 0, 0));
  }

  /** Sends no more, and returns when all that was sent is in a stream. */
  void finish() throws Exception {
    stopped = true;
    thread.join();
    Patience.until(
        "the producer's last records",
        SENT_LIMIT,
        () -> {
          ProducerStatus status = producer.status();
          return status.waitingRecords() == 0 && status.spooledRecords() == 0;
        });
  }

  @Override
  public void close() throws IOException, InterruptedException {
    stopped = true;
    while (thread.isAlive() && !interrupted) {
      thread.interrupt(); // again: a client may lose one
      thread.join(TimeUnit.SECONDS.toMillis(20));
    }
    producer.close();
  }
}
