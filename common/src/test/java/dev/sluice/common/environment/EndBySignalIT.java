package dev.sluice.common.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class EndBySignalIT {
  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void stopsTheJobInOrderAndGoesOnBehindIt(String signal, int exitCode) throws Exception {
    try (MainProcess process = MainProcess.start(EndlessJob.class)) {
      process.awaitLine(EndlessJob.RUNNING);
      process.awaitLine("records"); // a second of progress: all tasks run

      process.signal(signal);

      List<String> printed = process.rest();
      assertThat(printed)
          .anyMatch(line -> line.startsWith("Stopping: "))
          .anyMatch(line -> line.contains(EndlessJob.CLOSED))
          .anyMatch(line -> line.contains(EndlessJob.AFTER))
          .noneMatch(line -> line.contains("cancelled"));
      assertThat(process.exitCode()).isEqualTo(exitCode);
    }
  }

  @Test
  void cancelsAJobThatCannotBeStoppedInOrder() throws Exception {
    try (MainProcess process = MainProcess.start(EndlessJob.class, EndlessJob.NEVER_OPENS)) {
      process.awaitLine(EndlessJob.RUNNING);

      process.signal("INT");

      assertThat(process.rest())
          .anyMatch(line -> line.contains("cannot be stopped in order now, and is cancelled"))
          .anyMatch(line -> line.equals("The job was cancelled"))
          .noneMatch(line -> line.contains(EndlessJob.AFTER));
      assertThat(process.exitCode()).isEqualTo(130);
    }
  }
}
