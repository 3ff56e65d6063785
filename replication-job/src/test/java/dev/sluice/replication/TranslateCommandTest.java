package dev.sluice.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.JobArguments;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslateCommandTest {
  private static final String SHARD = "shardId-000000000000";
  @TempDir private Path folder;

  /** The line's time is of the job's clock, and the stream compares it with its own. */
  @Test
  void theTimeIsEarlierByWhatClocksMayDiffer() throws Exception {
    long drawn = Instant.parse("2026-01-10T00:00:10Z").toEpochMilli();
    try (PositionStore store =
        FilePositionStore.open(folder.toString(), Duration.ofDays(7), Clock.systemUTC())) {
      store.append(
          new PositionCut(2, drawn + 1_000, drawn, Map.of(SHARD, "9"), Map.of(SHARD, "5")));
    }

    assertThat(translate("10"))
        .contains(SHARD + " AFTER_SEQUENCE_NUMBER 5", "AT_TIMESTAMP 2026-01-10T00:00:05Z");
    assertThat(translate("8")).contains("begin with TRIM_HORIZON");
  }

  private String translate(String position) throws Exception {
    String[] args = {
      "--positions.path=" + folder, "--translate.positions=" + SHARD + "=" + position
    };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JobArguments.parse(args, TranslateCommand.OPTIONS, TranslateCommand::new)
        .run(new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }
}
