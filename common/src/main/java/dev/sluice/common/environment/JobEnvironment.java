package dev.sluice.common.environment;

import dev.sluice.common.config.JobArguments;
import java.net.URI;
import java.util.Optional;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The environment that a job runs in: on the cluster it was submitted to, or on one of its own in
 * this process.
 *
 * <p>Everywhere: a missing uid and a type that would need Kryo are errors when the job graph is
 * built; checkpoints, maximum parallelism and parallelism come from {@link EnvironmentOptions}
 * where the cluster does not say otherwise.
 *
 * <p>In a local run also: Flink's file systems are initialised with the plugins of {@code
 * FLINK_PLUGINS_DIR}, so that {@code s3:} works; three restarts, then the run fails; a progress
 * line; on request the dashboard, which stays open after the job has ended. Ctrl-C or SIGTERM stops
 * the job in order: sources read no more, what was read is finished and committed, and {@link
 * #execute} returns as after the end of the input, so that a report is made of what was done. A
 * second Ctrl-C cancels the job and waits for its tasks before the process ends.
 *
 * <p>For the thread of main() alone. Close it after {@link #execute}.
 */
public final class JobEnvironment implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobEnvironment.class);

  private final String jobName;
  private final StreamExecutionEnvironment streams;
  private final Progress progress;
  private final @Nullable LocalRun local;

  private JobEnvironment(
      String jobName,
      StreamExecutionEnvironment streams,
      Progress progress,
      @Nullable LocalRun local) {
    this.jobName = jobName;
    this.streams = streams;
    this.progress = progress;
    this.local = local;
  }

  /** An environment without a progress line. */
  public static JobEnvironment create(String jobName, JobArguments arguments) {
    return create(jobName, arguments, ProgressLine.NONE);
  }

  /**
   * An environment that shows its progress when it runs in this process.
   *
   * @param arguments read with options that hold {@link EnvironmentOptions#ALL}
   * @param line what a local run shows while it works; not shown on a cluster
   */
  public static JobEnvironment create(String jobName, JobArguments arguments, ProgressLine line) {
    EnvironmentSettings settings = new EnvironmentSettings(arguments);
    Progress progress = new Progress(line);
    if (isLocalRun()) {
      LOG.info("Starting {} in this process with options {}", jobName, arguments);
      LocalRun local = LocalRun.prepare(settings, progress);
      return new JobEnvironment(jobName, local.streams(), progress, local);
    }
    LOG.info("Starting {} on a cluster with options {}", jobName, arguments);
    StreamExecutionEnvironment plain =
        StreamExecutionEnvironment.getExecutionEnvironment(arguments.flink());
    Configuration flink = settings.onCluster(plain.getConfiguration());
    return new JobEnvironment(
        jobName, StreamExecutionEnvironment.getExecutionEnvironment(flink), progress, null);
  }

  /** Whether main() was started by hand, so that nobody but the job itself provides a cluster. */
  public static boolean isLocalRun() {
    return StreamExecutionEnvironment.getExecutionEnvironment(new Configuration())
        instanceof LocalStreamEnvironment;
  }

  /** Flink's environment, to add sources, operators and sinks to. */
  public StreamExecutionEnvironment streams() {
    return streams;
  }

  public boolean isLocal() {
    return local != null;
  }

  /**
   * Sums over all subtasks of what the progress line counts; zero on a cluster, where Flink's own
   * metrics tell.
   */
  public Progress progress() {
    return progress;
  }

  /** The address of the dashboard of a local run that has been submitted. */
  public Optional<URI> dashboard() {
    return local == null ? Optional.empty() : local.dashboard();
  }

  /**
   * Runs the job; in a local run, and wherever the client is attached, until it has ended.
   *
   * @throws Exception what Flink throws when a job fails, its reason among the causes
   */
  public JobExecutionResult execute() throws Exception {
    return local == null ? streams.execute(jobName) : local.execute(jobName);
  }

  /** Whether Ctrl-C or SIGTERM has ended a local run before its input did: it did a part of it. */
  public boolean wasStopped() {
    return local != null && local.wasStopped();
  }

  /**
   * Ends a local run: with the dashboard on request first waits for Enter or Ctrl-C; then stops the
   * local cluster. Does nothing on a cluster.
   *
   * @throws StoppedBySignalException when all is closed, if Ctrl-C or SIGTERM has stopped the job
   */
  @Override
  public void close() throws Exception {
    if (local != null) {
      local.close();
    }
  }
}
