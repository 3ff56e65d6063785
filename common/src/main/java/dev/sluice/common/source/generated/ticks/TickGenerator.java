package dev.sluice.common.source.generated.ticks;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.generated.RecordGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the trades of a day at an exchange, the same ones for the same seed.
 *
 * <pre>{@code
 * TickGenerator day = TickGenerator.builder(42).ticks(1_000_000).drops(10, 600).build();
 * GeneratedSource.of(day).records(day.ticksPerDay()).addTo(env, "ticks"); // JSON as RawRecords
 * Tick first = day.tick(0); // or as objects
 * }</pre>
 *
 * <p><b>JSON</b> has the fields of the posts and two more, and its time, in UTC, is what Flink's
 * JSON format reads as {@code TIMESTAMP(3)} with {@code 'json.timestamp-format.standard' =
 * 'ISO-8601'}:
 *
 * <pre>{@code
 * {"event_time":"2026-01-05T14:30:00.017","ticker":"BTC","price":1201.5,"volume":7,"event_id":"42-0"}
 * }</pre>
 *
 * <p><b>Order.</b> Index i arrives at {@link #arrival}, at even distances over the day; this is the
 * record's arrival timestamp. Its event time is the same or, by the disorder, earlier. A duplicate
 * is equal to its original and arrives after it. So no tick is more than {@link #maxLag} behind one
 * with a lower index: a watermark with that delay makes none late.
 *
 * <p><b>Prices.</b> Within the swing a price moves without jumps; farther, it falls in {@link
 * #plantedDrops} alone. After a day the next one follows, with drops at the same times of it.
 *
 * <p>One instance per subtask, used by one thread.
 */
public final class TickGenerator implements RecordGenerator {
  private static final long serialVersionUID = 1L;

  private static final int TICKER = 0;
  private static final int IS_DISORDERED = 1;
  private static final int DELAY = 2;
  private static final int IS_DUPLICATE = 3;
  private static final int DISTANCE = 4;
  private static final int VOLUME = 5;
  private static final long MOST_VOLUME = 1_000;

  private final long seed;
  private final SeededHash random;
  private final String[] names;

  /** At i, the share of trades that the stocks 0 to i have together. */
  private final double[] shares;

  private final long ticks;
  private final long start;
  private final long day;
  private final double disordered;
  private final long disorder;
  private final double duplicates;
  private final TickPrices prices;
  private final PlantedDrop[] drops;

  private transient @Nullable TickJson json;

  TickGenerator(TickGeneratorBuilder settings, List<PlantedDrop> drops) {
    this.seed = settings.seed;
    this.random = new SeededHash(seed);
    this.names = TickerNames.first(settings.tickers).toArray(String[]::new);
    this.shares = zipf(settings.tickers, settings.skew);
    this.ticks = settings.ticks;
    this.start = settings.start.toEpochMilli();
    this.day = settings.span.toMillis();
    this.disordered = settings.disordered;
    this.disorder = settings.disorder.toMillis();
    this.duplicates = settings.duplicates;
    this.prices = new TickPrices(settings, drops);
    this.drops = drops.toArray(PlantedDrop[]::new);
  }

  /** Starts the description of a day. */
  public static TickGeneratorBuilder builder(long seed) {
    return new TickGeneratorBuilder(seed);
  }

  private static double[] zipf(int tickers, double skew) {
    double[] shares = new double[tickers];
    double sum = 0;
    for (int i = 0; i < tickers; i++) {
      sum += Math.pow(i + 1.0, -skew);
      shares[i] = sum;
    }
    for (int i = 0; i < tickers; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  /** How many indexes there are a day, duplicates among them. */
  public long ticksPerDay() {
    return ticks;
  }

  /** Symbols of all stocks, the one with the most trades first. */
  public List<String> tickers() {
    return List.of(names);
  }

  /**
   * The drops of the first day, in the order of time. Where a stock trades at least once in the ten
   * minutes before {@link PlantedDrop#bottom} that its old price lasted, and once in the low, each
   * is seen as a drop of its depth less the swing, at least; nothing else is one.
   */
  public List<PlantedDrop> plantedDrops() {
    return List.of(drops);
  }

  /** How far the event time of a tick can be behind that of a tick with a lower index. */
  public Duration maxLag() {
    long duplicate = duplicates > 0 ? TickGeneratorBuilder.DUPLICATE_WITHIN.toMillis() : 0;
    return Duration.ofMillis((disordered > 0 ? disorder : 0) + duplicate);
  }

  /** When an index arrives. */
  public Instant arrival(long index) {
    return Instant.ofEpochMilli(arrivalMillis(index));
  }

  private long arrivalMillis(long index) {
    long daysBefore = Math.floorDiv(index, ticks);
    return start + daysBefore * day + (long) ((double) Math.floorMod(index, ticks) / ticks * day);
  }

  /** The tick of an index, from 0. */
  public Tick tick(long index) {
    return original(originalOf(index));
  }

  /** Whether an index repeats the tick of a lower one. */
  public boolean isDuplicate(long index) {
    return originalOf(index) != index;
  }

  private boolean mayBeDuplicate(long index) {
    return index > 0 && random.unit(IS_DUPLICATE, index) < duplicates;
  }

  /** The index itself unless it is a duplicate. */
  private long originalOf(long index) {
    if (!mayBeDuplicate(index)) {
      return index;
    }
    long earliest = arrivalMillis(index) - TickGeneratorBuilder.DUPLICATE_WITHIN.toMillis();
    long most = Math.max(1, (long) ((double) ticks / day * (arrivalMillis(index) - earliest)));
    long found = Math.max(0, index - 1 - random.below(most, DISTANCE, index));
    while (found > 0 && mayBeDuplicate(found)) {
      found--;
    }
    return arrivalMillis(found) >= earliest ? found : index;
  }

  private Tick original(long index) {
    int ticker = Arrays.binarySearch(shares, random.unit(TICKER, index));
    ticker = ticker < 0 ? -ticker - 1 : ticker + 1;
    long time = arrivalMillis(index);
    if (disorder > 0 && random.unit(IS_DISORDERED, index) < disordered) {
      time -= 1 + random.below(disorder, DELAY, index);
    }
    long volume = 1 + random.below(MOST_VOLUME, VOLUME, index);
    return new Tick(seed + "-" + index, names[ticker], prices.at(ticker, time), volume, time);
  }

  @Override
  public RawRecord generate(long index) {
    if (json == null) {
      json = new TickJson();
    }
    return new RawRecord(json.write(tick(index)), arrivalMillis(index), "generated/ticks/" + index);
  }
}
