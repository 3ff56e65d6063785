package dev.sluice.common.operator.drop;

import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.function.ThrowingConsumer;

/**
 * Prices of a key that wait for the watermark, by event time.
 *
 * <p>Many rows can have the same time, where time has whole seconds: their prices are in chunks, so
 * that adding one does not write all of them anew.
 */
final class WaitingPrices {
  static final int CHUNK = 64;

  private final MapState<Long, TiedPrices> byTime;

  /** By time and number. */
  private final MapState<Tuple2<Long, Integer>, double[]> chunks;

  WaitingPrices(RuntimeContext context) {
    this.byTime =
        context.getMapState(
            new MapStateDescriptor<>(
                "waiting-prices", Types.LONG, TypeInformation.of(TiedPrices.class)));
    this.chunks =
        context.getMapState(
            new MapStateDescriptor<>(
                "waiting-chunks",
                Types.TUPLE(Types.LONG, Types.INT),
                PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /** Returns whether it is the first price of its time. */
  boolean add(long time, double price) throws Exception {
    TiedPrices tied = byTime.get(time);
    if (tied == null) {
      byTime.put(time, new TiedPrices(0, price));
      return true;
    }
    double[] prices = Arrays.copyOf(tied.prices, tied.prices.length + 1);
    prices[prices.length - 1] = price;
    if (prices.length < CHUNK) {
      byTime.put(time, new TiedPrices(tied.fullChunks, prices));
    } else {
      chunks.put(Tuple2.of(time, tied.fullChunks), prices);
      byTime.put(time, new TiedPrices(tied.fullChunks + 1));
    }
    return false;
  }

  /** Removes the prices of a time, in the order of arrival; there may be none. */
  void take(long time, ThrowingConsumer<Double, Exception> prices) throws Exception {
    TiedPrices tied = byTime.get(time);
    if (tied == null) {
      return;
    }
    byTime.remove(time);
    for (int i = 0; i < tied.fullChunks; i++) {
      Tuple2<Long, Integer> key = Tuple2.of(time, i);
      double[] chunk = Objects.requireNonNull(chunks.get(key), "Chunk of prices is missing");
      chunks.remove(key);
      for (double price : chunk) {
        prices.accept(price);
      }
    }
    for (double price : tied.prices) {
      prices.accept(price);
    }
  }
}
