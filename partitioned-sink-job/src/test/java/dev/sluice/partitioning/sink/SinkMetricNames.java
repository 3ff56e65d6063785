package dev.sluice.partitioning.sink;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The names under which a writer and a committer register their metrics. */
public final class SinkMetricNames {
  private SinkMetricNames() {}

  /**
   * Starts both and asks them, Flink's own for all sinks left out.
   *
   * @param folder that nothing is written to
   */
  public static Set<String> registered(Path folder) throws Exception {
    try (SimulatedSink sink = new SimulatedSink(folder, builder -> builder).start(1)) {
      Set<String> names = new TreeSet<>(sink.metrics().names());
      CapturedMetrics committer = new CapturedMetrics();
      sink.openCommitter(committer).close();
      names.addAll(committer.names());
      names.removeIf(name -> name.startsWith("num"));
      return names;
    }
  }
}
