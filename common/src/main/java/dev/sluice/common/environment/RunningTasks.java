package dev.sluice.common.environment;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** The tasks of a job in a {@link LocalCluster}, as the last {@link #update} found them. */
final class RunningTasks implements FinalCheckpoint.Tasks {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final MiniCluster cluster;
  private final JobID job;
  private int all;
  private int ended;

  RunningTasks(MiniCluster cluster, JobID job) {
    this.cluster = cluster;
    this.job = job;
  }

  void update() throws ExecutionException, InterruptedException, TimeoutException {
    AccessExecutionGraph graph =
        cluster.getArchivedExecutionGraph(job).get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    all = 0;
    ended = 0;
    for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
      all++;
      if (task.getExecutionState() == ExecutionState.FINISHED) {
        ended++;
      }
    }
  }

  @Override
  public int all() {
    return all;
  }

  @Override
  public int ended() {
    return ended;
  }

  @Override
  public void checkpoint()
      throws FinalCheckpoint.CheckpointDeclinedException, InterruptedException {
    try {
      cluster
          .triggerCheckpoint(job, CheckpointType.CONFIGURED)
          .get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new FinalCheckpoint.CheckpointDeclinedException(e);
    }
  }
}
