package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of replication as they are typed: what they print, and their exit codes. */
@Timeout(600)
class ReplicationLauncherIT {
  private static LocalKinesis kinesis;

  @TempDir Path folder;
  private String printed = "";

  @BeforeAll
  static void start() throws Exception {
    kinesis = LocalKinesis.start();
  }

  @AfterAll
  static void stop() {
    kinesis.close();
  }

  /** Home does not answer: the switch is made, and the way back has no copy. */
  @Test
  void aRegionThatDoesNotAnswerIsLeft() throws Exception {
    KinesisStream away = kinesis.createStream("us-east-2", "ticks", 1);

    assertThat(replication("failover init", "--failover.lease=1 s")).as(printed).isZero();
    assertThat(printed).contains("epoch 1: 'ticks' ACTIVE in us-west-2");
    assertThat(replication("failover plan")).as(printed).isZero();
    assertThat(printed).contains("would: makes 'us-east-2' active");
    assertThat(replication("failover run")).as(printed).isZero();
    assertThat(printed).contains("done:  epoch 2: 'ticks' ACTIVE in us-east-2");
    assertThat(replication("failover status")).as(printed).isZero();
    assertThat(printed).contains("epoch 2: 'ticks' ACTIVE in us-east-2", "\"copyFrom\"");
    assertThat(replication("failback plan")).as(printed).isEqualTo(1);
    assertThat(printed).contains("1/9 home in order").contains("NOT SO: ");
    assertThat(away.records()).isNotEmpty().allMatch(r -> r.partitionKey().startsWith("sluice-"));
  }

  @Test
  void theMonitorTellsOfBothRegionsUntilCtrlC() throws Exception {
    kinesis.createStream("us-east-2", "watched", 1);
    String[] words =
        words(
            "monitor",
            "--kinesis.streams=watched",
            "--kinesis-sink.stream=watched",
            "--monitor.lasting=1 s",
            "--monitor.interval=20 ms");

    try (Launcher monitor = Launcher.start(folder, words)) {
      for (String line : List.of("us-west-2 is UNHEALTHY", "us-east-2 is HEALTHY")) {
        if (!monitor.printed().contains(line)) {
          monitor.awaitLine(line);
        }
      }
      monitor.interrupt();

      assertThat(monitor.exitCode()).as(monitor.printed()).isEqualTo(130);
    }
  }

  @Test
  void helpListsTheOptionsOfACommandFor80Columns() throws Exception {
    assertThat(sluice("help", "replication", "failover-run")).isZero();

    assertThat(printed)
        .contains("--failover.although-healthy", "--register.table", "--kinesis-sink.region");
    assertThat(printed.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void mistakesInOptionsEndWith2AreToldTogetherAndSayWhereOptionsAreListed() throws Exception {
    assertThat(replication("failover run", "--register.pth=x", "--failover.to=north")).isEqualTo(2);
    assertThat(printed)
        .contains("did you mean 'register.path'?")
        .contains("Option 'failover.to'")
        .contains("The options are listed by: ./sluice help replication failover-run");

    assertThat(replication("monitor", "--monitor.error-rate=2")).isEqualTo(2);
    assertThat(printed)
        .contains("Option 'monitor.error-rate' must be above 0 and at most 1, but was '2")
        .contains("./sluice help replication monitor");
  }

  /** It has no sample data, unlike other jobs. */
  @Test
  void pricesWithoutOptionsEndWith2AndPointAtTheDrill() throws Exception {
    assertThat(sluice("run", "ticker-prices")).isEqualTo(2);

    assertThat(printed)
        .contains("Option 'kinesis.streams' must be set")
        .contains("Option 'dead-letters.path' is required")
        .contains("./sluice help ticker-prices")
        .contains("'./sluice run replication' shows it at work in a drill, without AWS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '"',
      value = {
        "failover | failover what? ./sluice failover init|plan|run|status",
        "failback | failback what? ./sluice failback plan|run",
        "failover rum | unknown command 'failover rum', did you mean 'failover run'?",
        "failover walk | did you mean 'failover ",
        "monitr replication | did you mean 'monitor'?",
        "monitor replicaton | did you mean 'replication'?",
        "monitor sql-analytics | 'sql-analytics' has no command 'monitor'",
      })
  void mistakesInWordsEndWith2AndAHint(String words, String hint) throws Exception {
    assertThat(sluice(words.split(" "))).isEqualTo(2);

    assertThat(printed).startsWith("sluice: ").contains(hint);
  }

  private int replication(String command, String... options) throws Exception {
    return sluice(words(command, options));
  }

  private String[] words(String command, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    if (words.size() == 1) {
      words.add("replication");
    }
    words.addAll(List.of(options));
    for (String option : shared()) {
      String key = option.substring(0, option.indexOf('=') + 1);
      if (words.stream().noneMatch(word -> word.startsWith(key))) {
        words.add(option);
      }
    }
    return words.toArray(String[]::new);
  }

  private List<String> shared() throws Exception {
    return List.of(
        "--kinesis.streams=ticks",
        "--kinesis.region=us-west-2",
        "--kinesis.endpoint=http://127.0.0.1:" + portOfNobody(),
        "--kinesis.access-key-id=" + LocalKinesis.ACCESS_KEY,
        "--kinesis.secret-access-key=" + LocalKinesis.SECRET_KEY,
        "--kinesis-sink.stream=ticks",
        "--kinesis-sink.region=us-east-2",
        "--kinesis-sink.endpoint=" + kinesis.endpoint(),
        "--kinesis-sink.access-key-id=" + LocalKinesis.ACCESS_KEY,
        "--kinesis-sink.secret-access-key=" + LocalKinesis.SECRET_KEY,
        "--positions.path=" + folder.resolve("positions"),
        "--failback.positions=" + folder.resolve("positions-home"),
        "--register.path=" + folder.resolve("register"),
        "--switch.canaries=2",
        "--switch.stopped-after=1 s",
        "--switch.request-timeout=1 s");
  }

  private static int portOfNobody() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private int sluice(String... words) throws Exception {
    try (Launcher launcher = Launcher.start(folder, words)) {
      int exitCode = launcher.exitCode();
      printed = launcher.printed();
      return exitCode;
    }
  }
}
