package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.source.generated.ticks.TickGenerator;
import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sluice produce ticks} at a terminal: what it prints, its exit codes, and Ctrl-C. */
@Timeout(180)
class ProduceTicksLauncherIT {
  private static final String REGION = "eu-west-1";
  private static LocalKinesis kinesis;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    kinesis = LocalKinesis.start();
  }

  @AfterAll
  static void stop() {
    kinesis.close();
  }

  @Test
  void putsTheDayAndTellsHowMuch() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "whole", 2);

    try (Launcher run = start("whole", "--ticks=300", "--seed=9")) {
      assertThat(run.exitCode()).as(run.printed()).isZero();
      assertThat(run.printed())
          .contains("Putting 300 ticks into whole in eu-west-1 at " + kinesis.endpoint())
          .contains("ticks 300 · ")
          .endsWith(
              "Stored 300 of 300 ticks; of their attempts 0 were throttled and 0 failed, and were"
                  + " made again");
    }

    assertThat(byTicker(stream)).isEqualTo(expected(9, 300));
  }

  @Test
  void ctrlCLeavesTheBeginningOfTheDayInTheStreamAndTellsHowMuch() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "stopped", 2);
    int stored;
    try (Launcher run = start("stopped", "--ticks=100000", "--seed=9", "--rate=50")) {
      run.awaitLine("/s · throttled");
      run.awaitLine("/s · throttled"); // a second line, so another number
      run.interrupt();
      assertThat(run.exitCode()).as(run.printed()).isEqualTo(130);
      String printed = run.printed();
      stored = Integer.parseInt(printed.replaceFirst("(?s).*Stored (\\d+) of 100000.*", "$1"));
    }

    assertThat(stored).isPositive();
    assertThat(byTicker(stream)).isEqualTo(expected(9, 100_000, stored));
  }

  @Test
  void mistakesEndWith2AndHelpWith0() throws Exception {
    try (Launcher run = start("whole", "--ticks=0", "--kinesis-sink.strem=x")) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.printed())
          .contains("Option 'generator.ticks' must be positive")
          .contains("did you mean 'kinesis-sink.stream'?")
          .contains("The options are listed by: ./sluice help sql-analytics produce-ticks");
    }
    try (Launcher run = Launcher.start(folder, "produce", "ticks", "--help")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.printed()).contains("--generator.skew", "--kinesis-sink.stream");
    }
  }

  private Launcher start(String stream, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "produce",
                "ticks",
                "--stream=" + stream,
                "--region=" + REGION,
                "--endpoint=" + kinesis.endpoint(),
                "--kinesis-sink.access-key-id=" + LocalKinesis.ACCESS_KEY,
                "--kinesis-sink.secret-access-key=" + LocalKinesis.SECRET_KEY));
    words.addAll(List.of(more));
    return Launcher.start(folder, words.toArray(String[]::new));
  }

  private static Map<String, List<String>> byTicker(KinesisStream stream) throws Exception {
    return stream.records().stream()
        .collect(
            groupingBy(
                KinesisRecord::partitionKey,
                TreeMap::new,
                mapping(record -> new String(record.data(), UTF_8), toList())));
  }

  private static Map<String, List<String>> expected(long seed, int ticks) {
    return expected(seed, ticks, ticks);
  }

  /** The first ones of a day. */
  private static Map<String, List<String>> expected(long seed, int ticks, int first) {
    TickGenerator day = TickGenerator.builder(seed).ticks(ticks).build();
    return LongStream.range(0, first)
        .boxed()
        .collect(
            groupingBy(
                index -> day.tick(index).ticker,
                TreeMap::new,
                mapping(index -> new String(day.generate(index).data, UTF_8), toList())));
  }
}
