package dev.sluice.common.operator.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.junit.jupiter.api.Test;

/** How often state is accessed: this is what a row costs with RocksDB. */
class CandidatesTest {
  private final AtomicInteger accesses = new AtomicInteger();
  private final Map<Object, Object> slots = new HashMap<>();
  private final Object[] ends = new Object[1];
  private final Candidates candidates =
      new Candidates(DropRule.of(1e9, Duration.ofDays(1)).startingAt(0), map(), value());

  @Test
  void aRowCostsTheSameHoweverManyCandidatesThereAre() throws Exception {
    for (int i = 0; i < 6_000; i++) {
      int before = accesses.get();
      see(i, 1e6 - i);
      assertThat(accesses.get() - before).as("row %d", i).isLessThanOrEqualTo(3);
    }
    assertThat(slots).hasSize(6_000);
    int before = accesses.get();
    see(6_000, 1e6 - 5_000.5); // higher than 999 of them
    assertThat(accesses.get() - before).isLessThanOrEqualTo(2 * 999 + 3);
    assertThat(slots).hasSize(5_002);
  }

  @Test
  void rowsCostAConstantNumberOnAverage() throws Exception {
    int rows = 20_000; // times 7919 is an int
    for (int i = 0; i < rows; i++) {
      see(i, i * 7_919 % 10_007);
    }

    assertThat((double) accesses.get() / rows).isLessThan(6);
  }

  private void see(long time, double price) throws Exception {
    candidates.load();
    assertThat(candidates.see(time, price)).isNull();
    candidates.cleanUp(time);
    candidates.store();
  }

  @SuppressWarnings("unchecked")
  private MapState<Long, Candidate> map() {
    return (MapState<Long, Candidate>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {MapState.class},
            (proxy, method, args) -> {
              accesses.incrementAndGet();
              return switch (method.getName()) {
                case "get" -> slots.get(args[0]);
                case "put" -> {
                  slots.put(args[0], args[1]);
                  yield null;
                }
                case "remove" -> {
                  slots.remove(args[0]);
                  yield null;
                }
                default -> throw new UnsupportedOperationException(method.getName());
              };
            });
  }

  @SuppressWarnings("unchecked")
  private ValueState<CandidateEnds> value() {
    return (ValueState<CandidateEnds>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ValueState.class},
            (proxy, method, args) -> {
              accesses.incrementAndGet();
              if (method.getName().equals("value")) {
                return ends[0];
              }
              ends[0] = method.getName().equals("update") ? args[0] : null;
              return null;
            });
  }
}
