package dev.sluice.common.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run on a cluster of its own in this process, from its folders to its orderly end, Ctrl-C
 * included.
 */
final class LocalRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);

  private final LocalCluster cluster;
  private final StreamExecutionEnvironment streams;
  private final Progress progress;
  private final boolean keepsDashboardOpen;
  private final Path temporary;
  private final PrintStream out;
  private final InputStream in;
  private final AtomicInteger signal = new AtomicInteger();
  private final Thread onExit = new Thread(this::endWithProcess, "sluice-local-end");
  private final EndSignals signals;
  private volatile boolean executing;
  private String outcome = "The job has failed";

  private LocalRun(
      Configuration flink,
      Progress progress,
      boolean keepsDashboardOpen,
      Path temporary,
      PrintStream out,
      InputStream in) {
    this.cluster = new LocalCluster(flink);
    this.streams = new StreamExecutionEnvironment(cluster, flink, null);
    this.progress = progress;
    this.keepsDashboardOpen = keepsDashboardOpen;
    this.temporary = temporary;
    this.out = out;
    this.in = in;
    if (keepsDashboardOpen) {
      streams.registerJobListener(new TellDashboard());
    }
    Runtime.getRuntime().addShutdownHook(onExit);
    this.signals = EndSignals.handle(this::onSignal);
  }

  static LocalRun prepare(EnvironmentSettings settings, Progress progress) {
    return prepare(settings, progress, System.out, System.in);
  }

  static LocalRun prepare(
      EnvironmentSettings settings, Progress progress, PrintStream out, InputStream in) {
    Configuration flink = settings.inThisProcess();
    LocalFileSystems.initialize(flink);
    Path temporary = temporaryFolder();
    if (flink.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isEmpty()) {
      // Not in the JobManager's memory: there a checkpoint fails when one state has more than 5 MB.
      flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, temporary.toUri().toString());
    }
    progress.addReporterTo(flink, out);
    return new LocalRun(flink, progress, settings.keepsDashboardOpen(), temporary, out, in);
  }

  StreamExecutionEnvironment streams() {
    return streams;
  }

  Optional<URI> dashboard() {
    return cluster.address();
  }

  JobExecutionResult execute(String jobName) throws Exception {
    progress.begin(System.nanoTime());
    executing = true;
    try {
      JobExecutionResult result = streams.execute(jobName);
      outcome = "The job has ended";
      return result;
    } finally {
      executing = false;
      progress.end(System.nanoTime());
    }
  }

  boolean wasStopped() {
    return signal.get() != 0;
  }

  /**
   * @throws StoppedBySignalException if that is how the run has come to its end
   */
  @Override
  public void close() throws Exception {
    try {
      if (keepsDashboardOpen && signal.get() == 0 && cluster.address().isPresent()) {
        out.println(
            outcome
                + ". Its dashboard stays open at "
                + cluster.address().get()
                + ": end it with Enter or Ctrl-C");
        awaitEnter();
      }
    } finally {
      signals.close();
      end();
      try {
        Runtime.getRuntime().removeShutdownHook(onExit);
      } catch (IllegalStateException e) {
        LOG.debug("The JVM is ending already", e);
      }
    }
    if (signal.get() != 0) {
      throw new StoppedBySignalException(signal.get());
    }
  }

  /**
   * The end of the input is not Enter: a run without a terminal stays open until it is told to end.
   */
  private void awaitEnter() throws IOException, InterruptedException {
    int character = in.read();
    while (character != '\n' && character >= 0) {
      character = in.read();
    }
    if (character < 0) {
      new CountDownLatch(1).await();
    }
  }

  /** In a thread of its own. */
  private void onSignal(int number) {
    if (executing && signal.compareAndSet(0, number)) {
      stop();
    } else {
      System.exit(StoppedBySignalException.exitCode(number));
    }
  }

  /** Lets main() go on behind execute(): it tells what was done. */
  private void stop() {
    out.println();
    out.println("Stopping: what was read is finished and committed. Once more ends it at once");
    try {
      if (!cluster.stop(temporary)) {
        out.println("It cannot be stopped in order now, and is cancelled");
        if (!cluster.cancel()) {
          System.exit(StoppedBySignalException.exitCode(signal.get())); // not even submitted yet
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("Interrupted while the job was stopped", e);
    }
  }

  /** The last resort: nobody has closed this run before the process ends. */
  private void endWithProcess() {
    out.println();
    out.println("Ending: what still runs is cancelled");
    try {
      end();
    } catch (Exception e) {
      LOG.warn("Cannot end the local cluster in order", e);
    }
  }

  private void end() throws Exception {
    try {
      cluster.close();
    } finally {
      progress.close();
      FileUtils.deleteDirectoryQuietly(temporary.toFile());
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("sluice-checkpoints-");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a temporary folder for checkpoints", e);
    }
  }

  private final class TellDashboard implements JobListener {
    @Override
    public void onJobSubmitted(@Nullable JobClient client, @Nullable Throwable failure) {
      dashboard().ifPresent(address -> out.println("Dashboard: " + address));
    }

    @Override
    public void onJobExecuted(@Nullable JobExecutionResult result, @Nullable Throwable failure) {
      // close() tells.
    }
  }
}
