package dev.sluice.common.source.generated.ticks;

import java.io.Serializable;
import java.util.Collection;

/**
 * The price of each stock at each time: a level of its own, swings around it, and the planted
 * drops, which come again each day. Immutable.
 */
final class TickPrices implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int LEVEL = 10;
  private static final int SWING = 11;
  static final double LEAST_LEVEL = 900;
  private static final double MOST_LEVEL = 2_000;

  /** Waves of random height: how long one is in milliseconds, and its share of the swing. */
  private static final long[] PERIODS = {1_800_000, 300_000, 30_000, 2_000};

  private static final double[] SHARES = {0.5, 0.25, 0.15, 0.1};

  private final SeededHash random;
  private final double swing;
  private final long start;
  private final long day;

  /** Those of each stock. */
  private final PlantedDrop[][] drops;

  TickPrices(TickGeneratorBuilder settings, Collection<PlantedDrop> planted) {
    this.random = new SeededHash(settings.seed);
    this.swing = settings.swing;
    this.start = settings.start.toEpochMilli();
    this.day = settings.span.toMillis();
    this.drops =
        TickerNames.first(settings.tickers).stream()
            .map(ticker -> of(ticker, planted))
            .toArray(PlantedDrop[][]::new);
  }

  private static PlantedDrop[] of(String ticker, Collection<PlantedDrop> planted) {
    return planted.stream()
        .filter(drop -> drop.ticker().equals(ticker))
        .toArray(PlantedDrop[]::new);
  }

  double at(int ticker, long time) {
    double level = LEAST_LEVEL + random.unit(LEVEL, ticker) * (MOST_LEVEL - LEAST_LEVEL);
    double price = level + swing / 2 * wave(ticker, time);
    long timeOfFirstDay = start + Math.floorMod(time - start, day);
    for (PlantedDrop drop : drops[ticker]) {
      price -= drop.missingAt(timeOfFirstDay);
    }
    return Math.round(price * 100) / 100.0;
  }

  /** From -1 to 1, without jumps. */
  private double wave(int ticker, long time) {
    double sum = 0;
    for (int i = 0; i < PERIODS.length; i++) {
      long number = Math.floorDiv(time, PERIODS[i]);
      double part = (double) Math.floorMod(time, PERIODS[i]) / PERIODS[i];
      double smooth = part * part * (3 - 2 * part);
      double from = height(ticker, i, number);
      sum += SHARES[i] * (from + (height(ticker, i, number + 1) - from) * smooth);
    }
    return sum;
  }

  private double height(int ticker, int wave, long number) {
    return 2 * random.unit(SWING + wave, number * TickGeneratorBuilder.MOST_TICKERS + ticker) - 1;
  }
}
