package dev.sluice.replication.drill;

import dev.sluice.local.BuildFolder;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.PackagedProgramUtils;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * Jobs on a Flink cluster in this process, on the loopback interface: their main() with the
 * arguments of a person, as on any cluster.
 */
public final class EmbeddedJobs implements DrillJobs, AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int SLOTS = 4;
  private static final long STOP_SECONDS = 60;

  /**
   * Both jobs have the same AWS SDK. One copy of it serves them: its threads end some time after
   * its clients, and so after the class loader of a job.
   */
  private static final Configuration CLASSES =
      new Configuration().set(CoreOptions.CLASSLOADER_RESOLVE_ORDER, "parent-first");

  private final MiniCluster cluster;
  private final Path savepoints;

  private EmbeddedJobs(MiniCluster cluster, Path savepoints) {
    this.cluster = cluster;
    this.savepoints = savepoints;
  }

  /**
   * Starts the cluster.
   *
   * @param work folder of savepoints
   */
  public static EmbeddedJobs start(Path work) throws Exception {
    Configuration flink = new Configuration(CLASSES);
    flink.set(RestOptions.ADDRESS, LOOPBACK);
    flink.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    flink.set(RestOptions.BIND_PORT, "0");
    flink.set(JobManagerOptions.ADDRESS, LOOPBACK);
    flink.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    flink.set(TaskManagerOptions.HOST, LOOPBACK);
    flink.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    flink.set(SecurityOptions.DELEGATION_TOKENS_ENABLED, false);
    // It looks for its BLOB server under the host's public name, where nothing listens here.
    flink.set(BlobServerOptions.OFFLOAD_MINSIZE, Integer.MAX_VALUE);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
    cluster.start();
    return new EmbeddedJobs(cluster, work.resolve("savepoints"));
  }

  @Override
  public Running start(DrillJob job, List<String> arguments) throws Exception {
    try (PackagedProgram program =
        PackagedProgram.newBuilder()
            .setConfiguration(CLASSES)
            .setEntryPointClassName(job.mainClass())
            .setUserClassPaths(classPath(job))
            .setArguments(arguments.toArray(new String[0]))
            .build()) {
      JobGraph graph = PackagedProgramUtils.createJobGraph(program, new Configuration(), 1, false);
      cluster.submitJob(graph).get();
      return new Job(graph.getJobID(), job);
    }
  }

  /** This job is on the class path; the other one is a JAR that the build has put beside it. */
  private static List<URL> classPath(DrillJob job) throws Exception {
    if (job == DrillJob.REPLICATION) {
      return List.of();
    }
    Path folder = BuildFolder.find("sluice.drill-jobs", "replication-job", "target/drill");
    return List.of(folder.resolve("ticker-prices.jar").toUri().toURL());
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }

  private final class Job implements Running {
    private final JobID id;
    private final DrillJob kind;

    private Job(JobID id, DrillJob kind) {
      this.id = id;
      this.kind = kind;
    }

    @Override
    public void stop() throws Exception {
      cluster
          .stopWithSavepoint(id, savepoints.toUri().toString(), false, SavepointFormatType.NATIVE)
          .get(STOP_SECONDS, TimeUnit.SECONDS);
      cluster.requestJobResult(id).get(STOP_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public String describe() throws InterruptedException, ExecutionException {
      return kind + " is " + cluster.getJobStatus(id).get();
    }
  }
}
