package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody at a terminal gets from a drill. */
@Timeout(600)
class DrillLauncherIT {
  @TempDir Path folder;

  @Test
  void aDrillEndsWithNothingLostAPageAndExitCode0() throws Exception {
    try (Launcher drill = start()) {
      int exitCode = drill.exitCode();

      String printed = drill.printed();
      assertThat(exitCode).as(printed).isZero();
      Matcher records =
          Pattern.compile("Records +(\\d+) produced, (\\d+) accepted, (\\d+) in the table, 0 lost")
              .matcher(printed);
      assertThat(records.find()).as(printed).isTrue();
      assertThat(records.group(2)).isEqualTo(records.group(1)).isNotEqualTo("0");
      assertThat(records.group(3)).isEqualTo(records.group(1));
      assertThat(printed).contains("0 out of order, 0 dead letters").contains(" (RTO)");
      assertThat(folder.resolve("page/report.html")).content().contains("</html>");
      assertThat(folder.resolve("page/commands.log"))
          .content()
          .contains("done:  epoch 2: 'ticks' ACTIVE in us-east-2")
          .containsPattern("done:  epoch \\d+: 'ticks' ACTIVE in us-west-2");
    }
  }

  @Test
  void ctrlCEndsTheServersToo() throws Exception {
    try (Launcher drill = start()) {
      drill.awaitLine("  write in us-west-2");
      Set<ProcessHandle> servers = drill.descendants();
      assertThat(servers).as("two of Kinesis, one of DynamoDB").hasSizeGreaterThanOrEqualTo(3);

      drill.interrupt();

      assertThat(drill.exitCode()).as(drill.printed()).isEqualTo(130);
      for (ProcessHandle server : servers) {
        server.onExit().get(30, java.util.concurrent.TimeUnit.SECONDS);
      }
      assertThat(servers.stream().filter(ProcessHandle::isAlive).collect(Collectors.toList()))
          .isEmpty();
    }
  }

  private Launcher start() throws Exception {
    return Launcher.start(
        folder,
        "drill",
        "replication",
        "--drill.records=1",
        "--drill.records-per-second=50", // other tests run beside it
        "--drill.write-home=3 s",
        "--drill.write-away=3 s",
        "--drill.window=40 s",
        "--drill.output=" + folder.resolve("page"));
  }
}
