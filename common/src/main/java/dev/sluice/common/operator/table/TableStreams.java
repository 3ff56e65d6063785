package dev.sluice.common.operator.table;

import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Streams on their way from the sinks of the tables of one connector to their sources.
 *
 * <p>Flink makes sinks and sources of a job independently of each other, but each time that it
 * translates a plan, all with one environment that it makes for this: what is handed on in one
 * translation is found in it alone, and is forgotten with it. So the INSERT into a table comes
 * before what reads from it, in the same statement set. Thread-safe.
 *
 * @param <T> type of the elements
 */
public final class TableStreams<T> {
  private final String content;
  private final Map<StreamExecutionEnvironment, Map<String, Transformation<T>>> handedOn =
      new WeakHashMap<>(); // a transformation does not hold its environment

  /** For tables into which this goes; first word of messages, such as 'Prices'. */
  public TableStreams(String content) {
    this.content = content;
  }

  /**
   * Takes the stream that a sink has made.
   *
   * @param uid of the end
   * @return the sink that Flink wants to have where rows of a query go; the elements themselves go
   *     on from the source
   * @throws IllegalStateException if there is one in this table: two operators of one table would
   *     each see half of the rows
   */
  public DataStreamSink<T> handOn(String table, DataStream<T> stream, String uid) {
    synchronized (handedOn) {
      Transformation<T> other =
          handedOn
              .computeIfAbsent(stream.getExecutionEnvironment(), env -> new HashMap<>())
              .putIfAbsent(table, stream.getTransformation());
      if (other != null) {
        throw new IllegalStateException(
            content + " must go into table " + table + " from one INSERT, but there are several");
      }
    }
    return stream
        .sinkTo(new DiscardingSink<>())
        .setParallelism(stream.getParallelism())
        .name("end of " + table)
        .uid(uid);
  }

  /**
   * The stream of a table.
   *
   * @param uid of the source that stands for it if there is none, and fails when it runs: a query
   *     is also planned alone, to be explained
   */
  public DataStream<T> take(
      String table, StreamExecutionEnvironment env, TypeInformation<T> type, String uid) {
    Transformation<T> stream;
    synchronized (handedOn) {
      stream = handedOn.getOrDefault(env, Map.of()).get(table);
    }
    if (stream != null) {
      return new DataStream<>(env, stream);
    }
    return env.fromSequence(0, 0)
        .uid(uid)
        .map(new Nothing<T>(content, table))
        .returns(type)
        .name("nothing in " + table)
        .uid(uid + "-failing");
  }

  /** Fails, instead of an empty table that would look like good news. */
  private static final class Nothing<T> implements MapFunction<Long, T> {
    private static final long serialVersionUID = 1L;

    private final String content;
    private final String table;

    Nothing(String content, String table) {
      this.content = content;
      this.table = table;
    }

    @Override
    public T map(Long number) {
      throw new IllegalStateException(
          content
              + " must go into table "
              + table
              + ": an INSERT into it belongs in the same statement set, before what reads from it");
    }
  }
}
