package dev.sluice.e2e;

import dev.sluice.replication.drill.DrillJob;
import dev.sluice.replication.drill.DrillJobs;
import dev.sluice.testing.cluster.FlinkCluster;
import dev.sluice.testing.cluster.FlinkJob;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The jobs of a drill as shaded JARs on a cluster of processes. */
final class ClusterJobs implements DrillJobs {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final FlinkCluster cluster;
  private final Map<DrillJob, String> jars = new EnumMap<>(DrillJob.class);
  private final Map<DrillJob, List<String>> arguments = new EnumMap<>(DrillJob.class);

  ClusterJobs(FlinkCluster cluster) throws Exception {
    this.cluster = cluster;
    jars.put(DrillJob.REPLICATION, cluster.rest().upload(S3Cluster.shadedJar("replication-job")));
    jars.put(
        DrillJob.TICKER_PRICES, cluster.rest().upload(S3Cluster.shadedJar("ticker-prices-job")));
  }

  @Override
  public Running start(DrillJob job, List<String> words) throws Exception {
    arguments.putIfAbsent(job, words);
    FlinkJob running = cluster.run(jars.get(job), job.mainClass(), 1, null, words);
    return new Running() {
      @Override
      public void stop() throws Exception {
        running.stopWithSavepoint(LIMIT);
      }

      @Override
      public String describe() throws Exception {
        return job + " is " + running.state() + ": " + running.exception().orElse("no exception");
      }
    };
  }

  /** What the first job of its kind was given for an option. */
  String argument(DrillJob job, String option) {
    String start = "--" + option + "=";
    return arguments.get(job).stream()
        .filter(word -> word.startsWith(start))
        .map(word -> word.substring(start.length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + start + " in " + arguments.get(job)));
  }
}
