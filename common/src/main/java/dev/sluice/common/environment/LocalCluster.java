package dev.sluice.common.environment;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.core.execution.SavepointFormatType;
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
 * starts with the first job, shows finished jobs, takes the checkpoint that the end of a bounded
 * job waits for, stops jobs with what they have done committed, and cancels what still runs before
 * it ends. Thread-safe.
 */
final class LocalCluster
    implements PipelineExecutorServiceLoader,
        PipelineExecutorFactory,
        PipelineExecutor,
        AutoCloseable {
  static final String TARGET = "sluice-local";

  private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);
  private static final long CANCEL_SECONDS = 30;
  private static final long STOP_SECONDS = 60;
  private static final long LOOK_MILLIS = 500;

  private final Configuration configuration;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sluice-final-checkpoint");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean stopping;
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
              takeFinalCheckpoint(running, graph.getJobID());
              return new MiniClusterJobClient(
                  graph.getJobID(),
                  running,
                  loader,
                  MiniClusterJobClient.JobFinalizationBehavior.NOTHING);
            });
  }

  /** Looks until the job has ended, which the look itself then fails with. */
  private void takeFinalCheckpoint(MiniCluster running, JobID job) {
    RunningTasks tasks = new RunningTasks(running, job);
    FinalCheckpoint checkpoint = new FinalCheckpoint(tasks);
    Runnable look =
        () -> {
          try {
            tasks.update();
            if (!stopping) {
              checkpoint.look();
            }
          } catch (ExecutionException | TimeoutException | InterruptedException e) {
            LOG.debug("No look at the tasks of job {}", job, e);
          }
        };
    var unused =
        looks.scheduleWithFixedDelay(look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
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

  /**
   * Stops running jobs so that all they have done is committed: their sources read no more, what
   * was read goes through the whole job, and sinks commit. Waits until they have ended.
   *
   * @param savepoints where the savepoints go that come with it
   * @return false if there is none, or one could not be stopped so within 60 seconds, as while it
   *     still starts
   */
  boolean stop(Path savepoints) throws InterruptedException {
    MiniCluster running = running();
    if (running == null) {
      return false;
    }
    stopping = true;
    try {
      boolean any = hasJobs(running);
      for (JobID job : unfinished(running)) {
        // Drained: what sinks still hold in buffers is written out, for nobody will restore it.
        running
            .stopWithSavepoint(job, savepoints.toUri().toString(), true, SavepointFormatType.NATIVE)
            .get(STOP_SECONDS, TimeUnit.SECONDS);
        running.requestJobResult(job).get(STOP_SECONDS, TimeUnit.SECONDS);
      }
      return any;
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("Cannot stop the running job in order", e);
      return false;
    }
  }

  /**
   * Cancels running jobs, and waits until their tasks have ended, at most 30 seconds.
   *
   * @return false if there is none
   */
  boolean cancel() throws InterruptedException {
    MiniCluster running = running();
    return running != null && cancel(running);
  }

  private static boolean cancel(MiniCluster running) throws InterruptedException {
    try {
      boolean any = hasJobs(running);
      for (JobID job : unfinished(running)) {
        running.cancelJob(job).get(CANCEL_SECONDS, TimeUnit.SECONDS);
        running.requestJobResult(job).get(CANCEL_SECONDS, TimeUnit.SECONDS);
      }
      return any;
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Cannot cancel the running job in {} s", CANCEL_SECONDS, e);
      return true;
    }
  }

  /** Running or ended. */
  private static boolean hasJobs(MiniCluster running)
      throws ExecutionException, InterruptedException, TimeoutException {
    return !running.listJobs().get(CANCEL_SECONDS, TimeUnit.SECONDS).isEmpty();
  }

  private static List<JobID> unfinished(MiniCluster running)
      throws ExecutionException, InterruptedException, TimeoutException {
    return running.listJobs().get(CANCEL_SECONDS, TimeUnit.SECONDS).stream()
        .filter(job -> !job.getJobState().isGloballyTerminalState())
        .map(JobStatusMessage::getJobId)
        .collect(Collectors.toList());
  }

  private synchronized @Nullable MiniCluster running() {
    return cluster;
  }

  /** Cancels what still runs, and stops. */
  @Override
  public synchronized void close() throws Exception {
    closed = true;
    looks.shutdownNow();
    MiniCluster running = cluster;
    cluster = null;
    if (running == null) {
      return;
    }
    try {
      boolean any = cancel(running);
      LOG.debug("Stopping the local cluster, which had jobs: {}", any);
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
