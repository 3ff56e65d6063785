package dev.sluice.common.source.generated.ticks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Describes the day of a {@link TickGenerator}; each method says its default. Not thread-safe. */
public final class TickGeneratorBuilder {
  /** More than the stocks of any exchange. */
  public static final int MOST_TICKERS = 10_000;

  /** The longest time from a trade to its duplicate. */
  public static final Duration DUPLICATE_WITHIN = Duration.ofSeconds(2);

  /** On how many stocks drops are planted, the ones with the most trades. */
  private static final int FALLING = 5;

  private static final Duration LONGEST_DISORDER = Duration.ofDays(1);
  private static final double LEAST_PRICE = 10;

  final long seed;
  long ticks = 100_000;
  Instant start = Instant.parse("2026-01-05T14:30:00Z");
  Duration span = Duration.ofMinutes(390);
  int tickers = 10;
  double skew = 1.0;
  double disordered = 0.1;
  Duration disorder = Duration.ofSeconds(3);
  double duplicates = 0.01;
  double swing = 80;
  int drops = 8;
  double depth = 600;

  TickGeneratorBuilder(long seed) {
    this.seed = seed;
  }

  /** How many ticks a day has, duplicates among them. Default: 100,000. */
  public TickGeneratorBuilder ticks(long ticks) {
    require(ticks > 0, "Ticks a day", ticks, "be positive");
    this.ticks = ticks;
    return this;
  }

  /**
   * When a day begins and how long it is, in whole milliseconds. Default: 6.5 hours from
   * 2026-01-05T14:30:00Z, when the exchanges of New York open.
   *
   * @param span at least a millisecond, at most 10 days
   */
  public TickGeneratorBuilder day(Instant start, Duration span) {
    require(span.toMillis() > 0 && span.toDays() <= 10, "Day", span, "be 1 ms to 10 days");
    this.start = Instant.ofEpochMilli(start.toEpochMilli());
    this.span = Duration.ofMillis(span.toMillis());
    return this;
  }

  /** How many stocks are traded, 1 to {@link #MOST_TICKERS}. Default: 10. */
  public TickGeneratorBuilder tickers(int tickers) {
    require(tickers > 0 && tickers <= MOST_TICKERS, "Tickers", tickers, "be 1 to " + MOST_TICKERS);
    this.tickers = tickers;
    return this;
  }

  /**
   * The exponent of Zipf's law: the n-th stock has trades in proportion to 1 / n^skew. Default: 1.
   *
   * @param skew 0, when all have the same number, to 5
   */
  public TickGeneratorBuilder skew(double skew) {
    require(skew >= 0 && skew <= 5, "Skew", skew, "be 0 to 5");
    this.skew = skew;
    return this;
  }

  /**
   * How many ticks arrive late, and how much at most. Default: 0.1, 3 seconds.
   *
   * @param share 0 to 1
   * @param bound whole milliseconds, 0 to a day
   */
  public TickGeneratorBuilder disorder(double share, Duration bound) {
    require(share >= 0 && share <= 1, "Share of disordered ticks", share, "be 0 to 1");
    require(
        !bound.isNegative() && bound.compareTo(LONGEST_DISORDER) <= 0,
        "Disorder",
        bound,
        "be 0 to a day");
    this.disordered = share;
    this.disorder = Duration.ofMillis(bound.toMillis());
    return this;
  }

  /**
   * How many ticks are duplicates of others; fewer if there is no tick within {@link
   * #DUPLICATE_WITHIN} that one could be of. Default: 0.01.
   *
   * @param share 0 to 0.5
   */
  public TickGeneratorBuilder duplicates(double share) {
    require(share >= 0 && share <= 0.5, "Share of duplicates", share, "be 0 to 0.5");
    this.duplicates = share;
    return this;
  }

  /**
   * By how many dollars the price of a stock differs from itself at most, drops aside. Default: 80.
   */
  public TickGeneratorBuilder swing(double dollars) {
    require(dollars >= 0 && dollars <= 1_000, "Swing", dollars, "be 0 to 1000");
    this.swing = dollars;
    return this;
  }

  /**
   * How many drops a day has, and by how many dollars the price falls in each. Default: 8 by 600,
   * of which the swing leaves at least 520.
   */
  public TickGeneratorBuilder drops(int number, double dollars) {
    require(number >= 0, "Drops", number, "not be negative");
    require(dollars > 0, "Depth of drops", dollars, "be positive");
    this.drops = number;
    this.depth = dollars;
    return this;
  }

  /**
   * The generator.
   *
   * @throws IllegalArgumentException if the drops have no room, in time or in the price
   */
  public TickGenerator build() {
    require(
        TickPrices.LEAST_LEVEL - swing / 2 - depth >= LEAST_PRICE,
        "Depth of drops with the swing",
        depth + swing / 2,
        "leave a price of at least " + LEAST_PRICE);
    Duration ofOneStock = distance().multipliedBy(Math.min(tickers, FALLING));
    Duration one = PlantedDrop.FALL.plus(PlantedDrop.LOW).plus(PlantedDrop.RISE);
    require(
        drops == 0 || ofOneStock.compareTo(one.multipliedBy(2)) >= 0,
        "Drops in a day of '" + span + "'",
        drops,
        "leave half an hour from one to the next of the same stock");
    return new TickGenerator(this, plant());
  }

  /** Drops at even distances, on the stocks with the most trades in turn. */
  private List<PlantedDrop> plant() {
    List<PlantedDrop> planted = new ArrayList<>();
    List<String> names = TickerNames.first(Math.min(tickers, FALLING));
    for (int i = 0; i < drops; i++) {
      Instant at = start.plus(distance().multipliedBy(i).plus(distance().dividedBy(2)));
      planted.add(new PlantedDrop(names.get(i % names.size()), at, depth));
    }
    return List.copyOf(planted);
  }

  private Duration distance() {
    return Duration.ofMillis(span.toMillis() / Math.max(1, drops));
  }

  private static void require(boolean met, String what, Object value, String rule) {
    if (!met) {
      throw new IllegalArgumentException(what + " must " + rule + ", but was '" + value + "'");
    }
  }
}
