package dev.sluice.common.environment;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink cluster in this process that outlives the jobs it runs, until it is closed.
 *
 * <p>Flink's own local environment shuts its cluster down with the job, dashboard included, and
 * leaves a job alone with the JVM's end on Ctrl-C, which kills native code in mid-call. This one
 * starts with the first job, shows finished jobs, and cancels what still runs before it ends.
 * Thread-safe.
 */
final class LocalCluster
    implements PipelineExecutorServiceLoader,
        PipelineExecutorFactory,
        PipelineExecutor,
        AutoCloseable {
  static final String TARGET = "sluice-local";

  private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);
  private static final long CANCEL_SECONDS = 30;

  private final Configuration configuration;
  private @Nullable MiniCluster cluster;
  private boolean closed;

  LocalCluster(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public CompletableFuture<JobClient> execute(
      Pipeline pipeline, Configuration jobConfiguration, ClassLoader loader) throws Exception {
    JobGraph graph = PipelineExecutorUtils.getJobGraph(pipeline, jobConfiguration, loader);
    MiniCluster running = start(graph.getMaximumParallelism());
    return running
        .submitJob(graph)
        .thenApplyAsync(
            submitted -> {
              awaitInitialized(running, graph, loader);
              return new MiniClusterJobClient(
                  graph.getJobID(),
                  running,
                  loader,
                  MiniClusterJobClient.JobFinalizationBehavior.NOTHING);
            });
  }

  /** Where the dashboard is, once a job has been submitted. */
  synchronized Optional<URI> address() {
    return Optional.ofNullable(cluster).map(running -> running.getRestAddress().join());
  }

  private synchronized MiniCluster start(int parallelism) throws Exception {
    if (closed) {
      throw new IllegalStateException("The local cluster has ended");
    }
    if (cluster == null) {
      int slots =
          configuration
              .getOptional(TaskManagerOptions.NUM_TASK_SLOTS)
              .orElse(Math.max(1, parallelism));
      MiniCluster starting =
          new MiniCluster(
              new MiniClusterConfiguration.Builder()
                  .setConfiguration(configuration)
                  .setNumTaskManagers(1)
                  .setNumSlotsPerTaskManager(slots)
                  .build());
      starting.start();
      cluster = starting;
    }
    return cluster;
  }

  private static void awaitInitialized(MiniCluster running, JobGraph graph, ClassLoader loader) {
    try {
      ClientUtils.waitUntilJobInitializationFinished(
          () -> running.getJobStatus(graph.getJobID()).get(),
          () -> running.requestJobResult(graph.getJobID()).get(),
          loader);
    } catch (Exception e) {
      throw new java.util.concurrent.CompletionException(e);
    }
  }

  /** Cancels running jobs, waits until their tasks have ended (at most 30 seconds), and stops. */
  @Override
  public synchronized void close() throws Exception {
    closed = true;
    MiniCluster running = cluster;
    cluster = null;
    if (running == null) {
      return;
    }
    try {
      for (JobStatusMessage job : running.listJobs().get(CANCEL_SECONDS, TimeUnit.SECONDS)) {
        if (!job.getJobState().isGloballyTerminalState()) {
          running.cancelJob(job.getJobId()).get(CANCEL_SECONDS, TimeUnit.SECONDS);
          running.requestJobResult(job.getJobId()).get(CANCEL_SECONDS, TimeUnit.SECONDS);
        }
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn(
          "Cannot cancel the running job in {} s, its cluster is stopped all the same",
          CANCEL_SECONDS,
          e);
    } finally {
      running.close();
    }
  }

  @Override
  public PipelineExecutorFactory getExecutorFactory(Configuration ignored) {
    return this;
  }

  @Override
  public Stream<String> getExecutorNames() {
    return Stream.of(TARGET);
  }

  @Override
  public String getName() {
    return TARGET;
  }

  @Override
  public boolean isCompatibleWith(Configuration ignored) {
    return true;
  }

  @Override
  public PipelineExecutor getExecutor(Configuration ignored) {
    return this;
  }
}
