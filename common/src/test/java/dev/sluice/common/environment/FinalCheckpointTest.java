package dev.sluice.common.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FinalCheckpointTest {
  private final Job job = new Job();
  private final FinalCheckpoint checkpoint = new FinalCheckpoint(job);

  @Test
  void nothingIsAskedForWhileAllTasksRun() throws Exception {
    checkpoint.look();
    checkpoint.look();

    assertThat(job.asked).isZero();
  }

  @Test
  void nothingIsAskedForWhenAllTasksHaveEnded() throws Exception {
    job.ended = job.all;

    checkpoint.look();

    assertThat(job.asked).isZero();
  }

  @Test
  void oneIsAskedForEachTimeMoreTasksHaveEnded() throws Exception {
    job.ended = 1;
    checkpoint.look();
    checkpoint.look();
    assertThat(job.asked).isEqualTo(1);

    job.ended = 3;
    checkpoint.look();
    checkpoint.look();

    assertThat(job.asked).isEqualTo(2);
  }

  @Test
  void oneThatIsDeclinedIsAskedForAgain() throws Exception {
    job.ended = 2;
    job.declines = 2;

    checkpoint.look();
    checkpoint.look();
    checkpoint.look();
    checkpoint.look();

    assertThat(job.asked).isEqualTo(3);
  }

  @Test
  void tasksThatEndAgainAfterARestartCountAgain() throws Exception {
    job.ended = 2;
    checkpoint.look();
    job.ended = 0;
    checkpoint.look();
    assertThat(job.asked).isEqualTo(1);

    job.ended = 1;
    checkpoint.look();

    assertThat(job.asked).isEqualTo(2);
  }

  private static final class Job implements FinalCheckpoint.Tasks {
    final int all = 4;
    int ended;
    int asked;
    int declines;

    @Override
    public int all() {
      return all;
    }

    @Override
    public int ended() {
      return ended;
    }

    @Override
    public void checkpoint() throws FinalCheckpoint.CheckpointDeclinedException {
      asked++;
      if (asked <= declines) {
        throw new FinalCheckpoint.CheckpointDeclinedException(
            new IllegalStateException("some tasks are just ending"));
      }
    }
  }
}
