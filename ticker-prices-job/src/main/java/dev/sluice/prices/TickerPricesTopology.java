package dev.sluice.prices;

import dev.sluice.common.deadletter.DeadLetter;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The dataflow of the job: pure functions. */
final class TickerPricesTopology {
  /** A write is made again until it has an answer: no time ends it. */
  private static final long NO_LIMIT = 0;

  private TickerPricesTopology() {}

  /** Callers take {@link ReadTicks#REJECTED}, too. */
  static SingleOutputStreamOperator<Price> read(DataStream<StreamRecord> records) {
    return records.process(new ReadTicks()).name("read ticks").uid(Uids.PARSE);
  }

  /**
   * Gives what the table refuses.
   *
   * @param inFlight most prices of a subtask that have no answer
   */
  static SingleOutputStreamOperator<DeadLetter> write(
      DataStream<Price> prices, PriceTable.Factory table, int inFlight) {
    return AsyncDataStream.unorderedWait(
            prices, new WritePrices(table), NO_LIMIT, TimeUnit.MILLISECONDS, inFlight)
        .name("write prices")
        .uid(Uids.WRITE);
  }
}
