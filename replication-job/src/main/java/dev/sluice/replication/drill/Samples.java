package dev.sluice.replication.drill;

import dev.sluice.common.producer.AttemptCounts;
import dev.sluice.replication.drill.report.DrillLog;
import dev.sluice.replication.drill.report.DrillSample;
import dev.sluice.replication.drill.report.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second at what producers get done in each Region. How far a copy is behind is worked
 * out at the end, from the arrivals in both streams: exactly, and without a load.
 */
final class Samples implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Samples.class);
  private static final Duration EACH = Duration.ofSeconds(1);

  private static final AttemptCounts NONE = new AttemptCounts(0, 0, 0, 0);

  private final TickProducer producer;
  private final Map<Side, List<Look>> looks = new EnumMap<>(Side.class);
  private final Map<Side, AttemptCounts> before = new EnumMap<>(Side.class);
  private final Map<Side, List<Instant[]>> copies = new EnumMap<>(Side.class);
  private final Thread thread = new Thread(this::look, "drill-samples");
  private volatile boolean closed;

  private Samples(TickProducer producer) {
    this.producer = producer;
    for (Side side : Side.values()) {
      looks.put(side, new ArrayList<>());
      copies.put(side, new ArrayList<>());
    }
    thread.setDaemon(true);
  }

  static Samples start(TickProducer producer) {
    Samples samples = new Samples(producer);
    samples.thread.start();
    return samples;
  }

  private void look() {
    long last = System.nanoTime();
    try {
      while (!closed) {
        Patience.pass(EACH);
        long now = System.nanoTime();
        double seconds = (double) (now - last) / TimeUnit.SECONDS.toNanos(1);
        last = now;
        look(Side.HOME, DrillSite.HOME, seconds);
        look(Side.AWAY, DrillSite.AWAY, seconds);
      }
    } catch (InterruptedException e) {
      LOG.debug("Closed", e);
    }
  }

  private synchronized void look(Side side, String region, double seconds)
      throws InterruptedException {
    // What was kept on disk counts when it is stored, not when the producer was told to be at ease.
    AttemptCounts now = producer.attemptsIn(region);
    AttemptCounts since = now.since(before.getOrDefault(side, NONE));
    before.put(side, now);
    double failed = since.failed() + since.throttled();
    of(looks, side).add(new Look(Instant.now(), since.stored() / seconds, failed / seconds));
  }

  /** A copy into the Region begins. */
  synchronized void copyBegins(Side into) {
    of(copies, into).add(new Instant[] {Instant.now(), Instant.MAX});
  }

  /** The last copy into the Region has ended. */
  synchronized void copyEnds(Side into) {
    List<Instant[]> all = of(copies, into);
    all.get(all.size() - 1)[1] = Instant.now();
  }

  /**
   * Gives all samples to the log.
   *
   * @param home what the streams hold at the end; null if the drill did not come so far
   */
  synchronized void tell(
      DrillLog log, @Nullable StreamContents home, @Nullable StreamContents away) {
    for (Side side : Side.values()) {
      List<Look> all = of(looks, side);
      long[] behind = new long[all.size()];
      if (home != null && away != null) {
        StreamContents source = side == Side.HOME ? away : home;
        StreamContents target = side == Side.HOME ? home : away;
        for (int number = 0; number < source.size(); number++) {
          waited(all, behind, source.firstArrival(number), target.firstArrival(number));
        }
      }
      for (int i = 0; i < all.size(); i++) {
        Look look = all.get(i);
        DrillSample sample = DrillSample.of(look.time, look.accepted, look.failed);
        log.sample(
            side, home != null && isCopied(side, look.time) ? sample.behind(behind[i]) : sample);
      }
    }
  }

  /** A record that has arrived in the source and not yet in the target makes a look late. */
  private static void waited(List<Look> looks, long[] behind, long source, long target) {
    if (source == 0 || (target != 0 && target <= source)) {
      return;
    }
    long until = target == 0 ? Long.MAX_VALUE : target;
    int at = firstAfter(looks, source);
    for (; at < looks.size() && looks.get(at).time.toEpochMilli() < until; at++) {
      behind[at] = Math.max(behind[at], looks.get(at).time.toEpochMilli() - source);
    }
  }

  private static int firstAfter(List<Look> looks, long time) {
    int low = 0;
    int high = looks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (looks.get(middle).time.toEpochMilli() < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean isCopied(Side into, Instant time) {
    return of(copies, into).stream()
        .anyMatch(span -> !time.isBefore(span[0]) && time.isBefore(span[1]));
  }

  private static <T> List<T> of(Map<Side, List<T>> lists, Side side) {
    return lists.computeIfAbsent(side, s -> new ArrayList<>());
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    while (thread.isAlive()) {
      thread.interrupt();
      thread.join(TimeUnit.SECONDS.toMillis(20));
    }
  }

  private static final class Look {
    private final Instant time;
    private final double accepted;
    private final double failed;

    private Look(Instant time, double accepted, double failed) {
      this.time = time;
      this.accepted = accepted;
      this.failed = failed;
    }
  }
}
