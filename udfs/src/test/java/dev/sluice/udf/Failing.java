package dev.sluice.udf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.functions.FunctionContext;

/** Keeps the counters that functions ask for, by their names. */
final class Failing {
  private final Map<List<String>, SimpleCounter> counters = new HashMap<>();

  FunctionContext context() {
    return new FunctionContext(null, getClass().getClassLoader(), null) {
      @Override
      public MetricGroup getMetricGroup() {
        return new Named(List.of());
      }
    };
  }

  long count(String function) {
    return counters.get(List.of("udf", function, "failures")).getCount();
  }

  private final class Named extends UnregisteredMetricsGroup {
    private final List<String> names;

    Named(List<String> names) {
      this.names = names;
    }

    @Override
    public MetricGroup addGroup(String name) {
      return new Named(with(name));
    }

    @Override
    public Counter counter(String name) {
      return counters.computeIfAbsent(with(name), any -> new SimpleCounter());
    }

    private List<String> with(String name) {
      List<String> all = new ArrayList<>(names);
      all.add(name);
      return List.copyOf(all);
    }
  }
}
