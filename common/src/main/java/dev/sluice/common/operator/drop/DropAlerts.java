package dev.sluice.common.operator.drop;

import dev.sluice.common.source.generated.ticks.Tick;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Finds drops of a price: per key and in event time, as soon as the watermark has passed the row
 * that completes one.
 *
 * <pre>{@code
 * DropRule rule = DropRule.of(500, Duration.ofMinutes(10));
 * DropAlerts<Tick> found = DropAlerts.onTicks(ticks, rule, "drop-alerts");
 * DataStream<DropAlert> alerts = found.alerts();
 * DataStream<Tick> late = found.lateRows();
 * }</pre>
 *
 * <p><b>What is found.</b> The rows of a key are taken in the order of event time, those of equal
 * time in the order of arrival. Row C completes a drop if among the rows before it, back to the
 * last row of the drop before, there is a row A with
 *
 * <ul>
 *   <li>{@code C.price <= A.price - drop},
 *   <li>{@code C.time - A.time < within},
 *   <li>{@code A.price >= leastStart}, which is the drop unless told.
 * </ul>
 *
 * Of several such rows, A is one with the highest price, and of these the first. After a drop the
 * search begins anew behind C: drops share no row. A price is compared as a double.
 *
 * <p><b>In SQL</b> the same is found by this pattern, with the same measures; the tests compare the
 * two on random streams:
 *
 * <pre>{@code
 * SELECT *
 * FROM (SELECT ticker, price, event_time FROM ticks WHERE ticker IS NOT NULL AND price IS NOT NULL)
 * MATCH_RECOGNIZE (
 *   PARTITION BY ticker
 *   ORDER BY event_time
 *   MEASURES
 *     A.event_time AS initialPriceTime,
 *     C.event_time AS dropTime,
 *     A.price - C.price AS dropDiff,
 *     A.price AS initialPrice,
 *     C.price AS lastPrice
 *   ONE ROW PER MATCH
 *   AFTER MATCH SKIP PAST LAST ROW
 *   PATTERN (A B* C) WITHIN INTERVAL '10' MINUTE
 *   DEFINE
 *     A AS A.price >= 500,
 *     B AS B.price > A.price - 500 AND B.price <= A.price,
 *     C AS C.price <= A.price - 500
 * )
 * }</pre>
 *
 * <p>The form of the posts has no condition for A and lets B rise above A. So a partial match lives
 * on for all of the time, and, because matches are given out in the order of their starts, a drop
 * waits up to that time for the end of earlier partial matches that come to nothing. Here a higher
 * price ends the partial matches that it makes superfluous.
 *
 * <p><b>Cost.</b> Candidates for A are a deque with falling prices; each row enters and leaves it
 * once at most, and each move is one access to state, also with RocksDB. A timer per distinct event
 * time orders the rows. State per key: the prices above the watermark, and of the rows within the
 * time those that no later one is higher than. A key without rows leaves nothing behind.
 *
 * <p><b>Delivery.</b> Exactly once relative to checkpoints. A row whose time is not above the
 * watermark is in {@link #lateRows}, one without key or price in {@link #unusableRows}: none is
 * dropped. The watermark is in savepoints: what was late stays so after a restore. The timestamp of
 * an alert is its drop time.
 *
 * <p><b>Metrics.</b> Counters {@code dropAlerts}, {@code lateRows}, {@code unusableRows}.
 *
 * @param <T> type of the rows
 */
public final class DropAlerts<T> {
  static final PriceOf<Tick> TICKS = new PriceOfTick();

  private final SingleOutputStreamOperator<T> usable;
  private final SingleOutputStreamOperator<DropAlert> alerts;
  private final OutputTag<T> late;
  private final OutputTag<T> unusable;

  private DropAlerts(DataStream<T> rows, PriceOf<T> priceOf, DropRule rule, String uid) {
    TypeInformation<T> type = rows.getType();
    this.late = new OutputTag<>("late-rows", type);
    this.unusable = new OutputTag<>("unusable-rows", type);
    this.usable =
        rows.process(new SplitUnusableRows<>(priceOf, unusable), type)
            .setParallelism(rows.getParallelism()) // another one would mix rows of equal time
            .name("split unusable rows")
            .uid(uid + "-usable");
    this.alerts =
        usable
            .keyBy(priceOf::key, Types.STRING)
            .transform(
                "find drops",
                TypeInformation.of(DropAlert.class),
                new FindDropsOperator<>(new FindDrops<>(priceOf, rule, late)))
            .uid(uid);
  }

  /**
   * Finds the drops in rows of any type.
   *
   * @param rows with timestamps and watermarks
   * @param uid of the operator, and the start of that of the one before it
   */
  public static <T> DropAlerts<T> on(
      DataStream<T> rows, PriceOf<T> priceOf, DropRule rule, String uid) {
    return new DropAlerts<>(rows, priceOf, rule, uid);
  }

  /** Finds the drops of each ticker. */
  public static DropAlerts<Tick> onTicks(DataStream<Tick> ticks, DropRule rule, String uid) {
    return new DropAlerts<>(ticks, TICKS, rule, uid);
  }

  /** The drops; per key in the order of time. */
  public SingleOutputStreamOperator<DropAlert> alerts() {
    return alerts;
  }

  /** Rows that came when the watermark had reached their time: they are in no drop. */
  public DataStream<T> lateRows() {
    return alerts.getSideOutput(late);
  }

  /** Rows without a key or without a price: they neither start, continue, nor end a drop. */
  public DataStream<T> unusableRows() {
    return usable.getSideOutput(unusable);
  }

  private static final class PriceOfTick implements PriceOf<Tick> {
    private static final long serialVersionUID = 1L;

    @Override
    public String key(Tick tick) {
      return tick.ticker;
    }

    @Override
    public double price(Tick tick) {
      return tick.price;
    }
  }
}
