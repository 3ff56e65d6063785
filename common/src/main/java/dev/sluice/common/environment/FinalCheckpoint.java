package dev.sluice.common.environment;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the checkpoint that the last tasks of a bounded job wait for, so that they need not wait
 * for the next periodic one.
 *
 * <p>A task whose input has ended ends with the first checkpoint that begins after that. Flink
 * takes one when the input of all tasks has ended; but if a periodic one is under way just then,
 * some tasks end with that, the other one meets tasks that are about to end and is declined, and
 * nobody repeats it: the tasks that are left stand still until the next periodic one is due, up to
 * {@code checkpoint.interval}. So whenever more tasks have ended than at the last look, and others
 * have not, one is asked for here.
 *
 * <p>Used by one thread.
 */
final class FinalCheckpoint {
  private static final Logger LOG = LoggerFactory.getLogger(FinalCheckpoint.class);

  private final Tasks tasks;

  /** How many tasks had ended before the last checkpoint that was asked for and went through. */
  private int covered;

  FinalCheckpoint(Tasks tasks) {
    this.tasks = tasks;
  }

  /** Looks once, and asks for a checkpoint if tasks may wait for one. */
  void look() throws InterruptedException {
    int ended = tasks.ended();
    covered = Math.min(covered, ended); // fewer after a restart
    if (ended == covered || ended == tasks.all()) {
      return;
    }
    try {
      tasks.checkpoint();
      covered = ended;
      LOG.debug("Took a checkpoint for the tasks that {} ended ones have left", ended);
    } catch (CheckpointDeclinedException e) {
      LOG.debug("The checkpoint after the end of {} tasks was declined, trying again", ended, e);
    }
  }

  /** The tasks of one job. */
  interface Tasks {
    int all();

    /** How many have ended in order. */
    int ended();

    /** Returns when the checkpoint is complete. */
    void checkpoint() throws CheckpointDeclinedException, InterruptedException;
  }

  /** There will be no such checkpoint. */
  static final class CheckpointDeclinedException extends Exception {
    private static final long serialVersionUID = 1L;

    CheckpointDeclinedException(Throwable cause) {
      super(cause);
    }
  }
}
