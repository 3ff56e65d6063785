package dev.sluice.replication;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.ProgressLine;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The job as shipped, from its options on.
 *
 * <p>In the package of the job, where its settings and its assembly can be seen.
 */
public final class ReplicatorOfTheJob {
  private static final String REPLICATED = "recordsReplicated";

  private final AtomicReference<JobEnvironment> running = new AtomicReference<>();

  /** Runs until the process ends. */
  public void run(List<String> options) throws Exception {
    JobArguments arguments =
        JobArguments.parse(options.toArray(String[]::new), ReplicationOptions.ALL);
    ReplicationSettings settings = new ReplicationSettings(arguments);
    ProgressLine line = ProgressLine.NONE.silently(REPLICATED);
    try (JobEnvironment env = JobEnvironment.create("replication", arguments, line)) {
      ReplicationJob.assemble(env.streams(), settings);
      running.set(env);
      env.execute();
    }
  }

  /** Records that the target has acknowledged. From any thread. */
  public long replicated() {
    JobEnvironment env = running.get();
    return env == null ? 0 : env.progress().count(REPLICATED);
  }
}
