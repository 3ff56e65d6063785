package dev.sluice.common.operator.drop;

import dev.sluice.common.source.generated.ticks.Tick;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The operator in a harness of Flink, with rows as short as tests want them. */
final class DropHarness {
  static final OutputTag<Tick> LATE = new OutputTag<>("late-rows", TypeInformation.of(Tick.class));
  static final DropRule RULE = DropRule.of(500, Duration.ofMillis(600));
  static final int MAX_PARALLELISM = 16;

  private DropHarness() {}

  static StateBackend backend(boolean rocks) {
    return rocks ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
  }

  static KeyedOneInputStreamOperatorTestHarness<String, Tick, DropAlert> harness(
      int parallelism, int subtask, StateBackend backend) throws Exception {
    return harness(RULE, parallelism, subtask, backend);
  }

  static KeyedOneInputStreamOperatorTestHarness<String, Tick, DropAlert> harness(
      DropRule rule, int parallelism, int subtask, StateBackend backend) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new FindDropsOperator<>(new FindDrops<>(DropAlerts.TICKS, rule, LATE)),
            tick -> tick.ticker,
            Types.STRING,
            MAX_PARALLELISM,
            parallelism,
            subtask);
    harness.setStateBackend(backend);
    return harness;
  }

  static void add(
      KeyedOneInputStreamOperatorTestHarness<String, Tick, DropAlert> harness,
      String key,
      long time,
      double price)
      throws Exception {
    harness.processElement(tick(key, time, price), time);
  }

  static Tick tick(String key, long time, double price) {
    return new Tick(key + "-" + time, key, price, 1, time);
  }
}
