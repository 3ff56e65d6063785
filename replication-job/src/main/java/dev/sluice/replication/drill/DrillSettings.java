package dev.sluice.replication.drill;

import static dev.sluice.replication.drill.DrillOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.SampleData;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** What a drill is started with, checked. Immutable. */
public final class DrillSettings {
  final long seed;
  final int recordsPerSecond;
  final int keys;
  final int records;
  final Duration writeHome;
  final Duration writeAway;
  final Duration window;
  final double entriesFail;
  final Path output;
  final String words;

  /** Each option has its rule; there is none between them. */
  public DrillSettings(JobArguments arguments) {
    seed = arguments.get(SEED);
    recordsPerSecond = arguments.get(RATE);
    keys = arguments.get(KEYS);
    records = arguments.get(RECORDS);
    writeHome = arguments.get(WRITE_HOME);
    writeAway = arguments.get(WRITE_AWAY);
    window = arguments.get(WINDOW);
    entriesFail = arguments.get(ENTRIES_FAIL);
    output = arguments.find(OUTPUT).map(Path::of).orElseGet(DrillSettings::newFolder);
    words = arguments.toString();
  }

  /** Below {@code out/} of the repository, named by the time, so that no run meets another's. */
  private static Path newFolder() {
    String name =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss"));
    return SampleData.home().orElse(Path.of("")).resolve(Path.of("out", "replication", name));
  }
}
