package dev.sluice.images;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.ProgressLine;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The job as shipped, from reading its options to the end of its local cluster, without the page
 * that a local run ends with.
 *
 * <p>In the package of the job, where its settings and its assembly can be seen.
 */
public final class PipelineOfTheJob {
  private static final String CLASSIFIED = "batchElementsAccepted";

  private final AtomicReference<JobEnvironment> running = new AtomicReference<>();

  /** Runs to the end. */
  public void run(String... args) throws Exception {
    JobArguments arguments = JobArguments.parse(args, ImageClassificationOptions.ALL);
    ImageClassificationSettings settings = new ImageClassificationSettings(arguments);
    ProgressLine line = ProgressLine.NONE.count("classified", CLASSIFIED);
    try (JobEnvironment env = JobEnvironment.create("image-classification", arguments, line)) {
      ImageClassificationJob.assemble(env.streams(), settings);
      running.set(env);
      env.execute();
    }
  }

  /** Images classified so far, in batches that have ended. From any thread. */
  public long classified() {
    JobEnvironment env = running.get();
    return env == null ? 0 : env.progress().count(CLASSIFIED);
  }
}
