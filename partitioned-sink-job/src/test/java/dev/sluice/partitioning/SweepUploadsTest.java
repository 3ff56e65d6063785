package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.JobArguments;
import org.junit.jupiter.api.Test;

class SweepUploadsTest {
  /** An upload waits for the next checkpoint to begin, too. */
  @Test
  void refusesAnAgeThatCouldHitWhatARunningJobIsAboutToCommit() {
    assertThatThrownBy(() -> sweep("20 min", "1 h"))
        .hasMessageContaining("sweep.older-than")
        .hasMessageContaining("checkpoint.interval");
    assertThatCode(() -> sweep("20 min", "10 s")).doesNotThrowAnyException();
  }

  private static void sweep(String olderThan, String checkpointInterval) {
    String[] options = {
      "--output.path=s3://lake/",
      "--buffer.interval=5 min",
      "--checkpoint.timeout=10 min",
      "--checkpoint.interval=" + checkpointInterval,
      "--sweep.older-than=" + olderThan
    };
    JobArguments.parse(options, SweepOptions.ALL, SweepUploads::new);
  }
}
