package dev.sluice.common.environment;

import dev.sluice.common.config.JobOption;
import java.util.List;

/**
 * Options of every job's environment; a job's {@code ALL} holds them with {@code
 * JobOption.all(EnvironmentOptions.ALL, …)}.
 */
public final class EnvironmentOptions {
  /** Greatest maximum parallelism that Flink knows: its key groups are numbered with 15 bits. */
  private static final int KEY_GROUPS = 1 << 15;

  public static final JobOption<Integer> PARALLELISM =
      JobOption.ofInt("job.parallelism")
          .defaultDescribedAs("the cluster's; one per core in a local run")
          .between(1, KEY_GROUPS)
          .unit("subtasks")
          .describedAs("Subtasks of each operator.");

  public static final JobOption<Integer> MAX_PARALLELISM =
      JobOption.ofInt("job.max-parallelism")
          .defaultTo(128)
          .between(1, KEY_GROUPS)
          .unit("subtasks")
          .describedAs(
              "Parallelism that the job can ever be rescaled to. A savepoint restores with the same number only.");

  public static final JobOption<Boolean> WEB_UI =
      JobOption.ofBoolean("local.web-ui")
          .defaultTo(false)
          .describedAs(
              "Whether a local run serves the Flink dashboard, and keeps it open after the job has ended.");

  public static final JobOption<Integer> WEB_UI_PORT =
      JobOption.ofInt("local.web-ui-port")
          .defaultDescribedAs("8081, or the next free one")
          .between(0, 65535)
          .describedAs("Port of the dashboard on 127.0.0.1; 0 takes any free one.");

  public static final List<JobOption<?>> ALL =
      JobOption.all(
          List.of(PARALLELISM, MAX_PARALLELISM),
          CheckpointOptions.ALL,
          List.of(WEB_UI, WEB_UI_PORT));

  private EnvironmentOptions() {}
}
