package dev.sluice.partitioning.sink;

import org.apache.flink.api.common.TaskInfo;

/** Which of the sink's subtasks this is. Immutable. */
final class SubtaskName {
  final String thread;
  final int subtasks;

  SubtaskName(String thread, int subtasks) {
    this.thread = thread;
    this.subtasks = subtasks;
  }

  static SubtaskName of(TaskInfo task) {
    return new SubtaskName(
        "partitioned-sink upload "
            + (task.getIndexOfThisSubtask() + 1)
            + "/"
            + task.getNumberOfParallelSubtasks(),
        task.getNumberOfParallelSubtasks());
  }
}
