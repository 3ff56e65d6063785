package dev.sluice.common.operator.drop.sql;

import dev.sluice.common.operator.drop.DropAlert;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Drops on their way from the sink of a table to its source.
 *
 * <p>Flink makes sinks and sources of a job independently of each other, but each time that it
 * translates a plan, all with one environment that it makes for this: what is offered in one
 * translation is found in it alone, and is forgotten with it. Thread-safe.
 */
final class DropStreams {
  private static final Map<StreamExecutionEnvironment, Map<String, Transformation<DropAlert>>>
      OFFERED = new WeakHashMap<>(); // a transformation does not hold its environment

  private DropStreams() {}

  /**
   * Takes the drops that a sink has found.
   *
   * @throws IllegalStateException if there are some in this table: two searches of one table would
   *     each see half of the prices
   */
  static void offer(String table, DataStream<DropAlert> drops) {
    synchronized (OFFERED) {
      Transformation<DropAlert> other =
          OFFERED
              .computeIfAbsent(drops.getExecutionEnvironment(), env -> new HashMap<>())
              .putIfAbsent(table, drops.getTransformation());
      if (other != null) {
        throw new IllegalStateException(
            "Prices must go into table " + table + " from one INSERT, but there are several");
      }
    }
  }

  /**
   * The drops of a table.
   *
   * @param uid of the source that stands for them if there are none, and fails when it runs: a
   *     query is also planned alone, to be explained
   */
  static DataStream<DropAlert> take(String table, StreamExecutionEnvironment env, String uid) {
    Transformation<DropAlert> drops;
    synchronized (OFFERED) {
      drops = OFFERED.getOrDefault(env, Map.of()).get(table);
    }
    if (drops != null) {
      return new DataStream<>(env, drops);
    }
    return env.fromSequence(0, 0)
        .uid(uid)
        .map(new NoPrices(table))
        .returns(DropAlert.class)
        .name("no prices")
        .uid(uid + "-failing");
  }

  /** Fails, instead of an empty table that would look like good news. */
  private static final class NoPrices implements MapFunction<Long, DropAlert> {
    private static final long serialVersionUID = 1L;

    private final String table;

    NoPrices(String table) {
      this.table = table;
    }

    @Override
    public DropAlert map(Long number) {
      throw new IllegalStateException(
          "Prices must go into table "
              + table
              + ": an INSERT into it belongs in the same statement set, before what reads from it");
    }
  }
}
