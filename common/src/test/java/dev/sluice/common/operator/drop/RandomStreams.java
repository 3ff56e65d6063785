package dev.sluice.common.operator.drop;

import dev.sluice.common.source.generated.ticks.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small streams of many tickers at once, with all that is hard: ties, disorder, duplicates. */
final class RandomStreams {
  private static final long MINUTE = 60_000;
  private static final long START = 1_700_000_000_000L;

  private RandomStreams() {}

  /** A step of a test: a row, or a watermark where the row is null. */
  record Step(Tick row, long watermark) {}

  /**
   * Rows of the tickers {@code 0} to {@code number} - 1, mixed, each ticker in its own manner.
   * After a watermark there are rows at and below it.
   */
  static List<Step> of(int number, long seed) {
    Random random = new Random(seed);
    List<Tick> rows = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      addStream("S" + i, random, rows);
    }
    rows.sort((one, other) -> Long.compare(one.volume, other.volume)); // time of arrival
    List<Step> steps = new ArrayList<>();
    long watermark = START - 10 * MINUTE;
    for (Tick row : rows) {
      steps.add(new Step(row, 0));
      if (random.nextInt(20 * number) < number && row.volume - 2 * MINUTE > watermark) {
        watermark = row.volume - 2 * MINUTE;
        steps.add(new Step(null, watermark));
      }
    }
    return steps;
  }

  private static void addStream(String ticker, Random random, List<Tick> rows) {
    int length = 2 + random.nextInt(25);
    long[] gaps = {1, MINUTE / 2, MINUTE, 3 * MINUTE, 10 * MINUTE};
    long gap = gaps[random.nextInt(gaps.length)];
    int[] grains = {1, 50, 100, 250, 500};
    int grain = grains[random.nextInt(grains.length)];
    double odd = random.nextInt(4) == 0 ? 0.1 : 0; // prices that are no exact doubles
    boolean walk = random.nextBoolean();
    long arrival = START;
    double price = 1_000;
    for (int i = 0; i < length; i++) {
      arrival += random.nextInt(4) == 0 ? 0 : gap * random.nextInt(4) / 2;
      int step = random.nextInt(1_500 / grain + 1) * grain;
      price = walk ? Math.max(0, price + step / 2.0 - 375) : step;
      long late = random.nextInt(3) == 0 ? random.nextInt(150) * 1_000L : 0;
      Tick row =
          new Tick(
              ticker + "-" + i, ticker, price + odd * random.nextInt(3), arrival, arrival - late);
      rows.add(row);
      if (random.nextInt(8) == 0) {
        rows.add(new Tick(row.eventId, ticker, row.price, arrival, row.eventTime)); // a duplicate
      }
    }
  }
}
