package dev.sluice.replication;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import dev.sluice.common.environment.EnvironmentOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command {@code translate}: where a consumer of the source goes on in the target. */
final class TranslateCommand {
  static final JobOption<List<String>> POSITIONS =
      JobOption.ofStrings("translate.positions")
          .required()
          .where(
              words -> words.stream().allMatch(word -> word.matches("shardId-[0-9]{12}=[0-9]+")),
              "must be words such as 'shardId-000000000000=4957…'")
          .describedAs(
              "By shard the sequence number of the last record that the consumer has processed. A"
                  + " shard that is not named counts as read to its end.");

  static final List<JobOption<?>> OPTIONS =
      JobOption.all(List.of(POSITIONS), PositionOptions.ALL, EnvironmentOptions.ALL);

  /** The time is one of the job's clock, arrival times are of the stream's, and approximate. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final Map<String, String> positions = new TreeMap<>();
  private final PositionStore.Factory store;

  TranslateCommand(JobArguments arguments) {
    for (String word : arguments.get(POSITIONS)) {
      String[] parts = word.split("=", 2);
      positions.put(parts[0], parts[1]);
    }
    store = new PositionSettings(arguments).existing();
  }

  void run(PrintStream out) throws Exception {
    PositionCut cut;
    try (PositionStore opened = store.open()) {
      cut = opened.translate(positions).orElse(null);
    }
    if (cut == null) {
      out.println("No position is kept that this consumer has passed: begin with TRIM_HORIZON");
      return;
    }
    cut.source().keySet().stream()
        .filter(shard -> !positions.containsKey(shard))
        .forEach(shard -> out.println("taken as read to its end: " + shard));
    cut.target()
        .forEach((shard, sequence) -> out.println(shard + " AFTER_SEQUENCE_NUMBER " + sequence));
    out.println("every other shard TRIM_HORIZON");
    out.println(
        "by time alone: "
            + (cut.targetTime() == 0
                ? "TRIM_HORIZON"
                : "AT_TIMESTAMP " + Instant.ofEpochMilli(cut.targetTime()).minus(SKEW)));
  }
}
