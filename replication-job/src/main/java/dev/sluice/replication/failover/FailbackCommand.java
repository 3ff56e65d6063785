package dev.sluice.replication.failover;

import static dev.sluice.replication.failover.SwitchOptions.*;

import dev.sluice.common.config.JobArguments;
import java.io.IOException;
import java.io.PrintStream;

/** The command {@code failback}: moves the writing of a stream home. */
public final class FailbackCommand {
  private final SwitchSettings settings;
  private final boolean plan;
  private final boolean copyOutEnded;

  /** Rules between options: those of {@link SwitchSettings}, and positions of the copy back. */
  public FailbackCommand(JobArguments arguments) {
    settings = new SwitchSettings(arguments);
    plan = arguments.get(FAILBACK_ACTION) == FailbackAction.PLAN || arguments.get(FAILBACK_DRY_RUN);
    copyOutEnded = arguments.get(COPY_OUT_ENDED);
    arguments.check(
        problems ->
            problems.require(
                arguments.find(FAILBACK_POSITIONS).isPresent(),
                FAILBACK_POSITIONS,
                "must be set for a failback"));
  }

  /**
   * Does it.
   *
   * @throws UnmetException if a step cannot be taken, or if a plan says so
   */
  public void run(PrintStream out) throws IOException, InterruptedException {
    try (SwitchWorld world = settings.open("failback")) {
      if (!plan) {
        Failback.run(world, copyOutEnded, out);
      } else if (!Failback.plan(world, copyOutEnded, out)) {
        throw new UnmetException("The failback cannot begin as things are");
      }
    }
  }
}
