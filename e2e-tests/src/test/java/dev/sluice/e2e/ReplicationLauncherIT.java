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
@Timeout(180)
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

  /** Home does not answer: the switch is made, found made, and the way back has no copy. */
  @Test
  void aRegionThatDoesNotAnswerIsLeftOnce() throws Exception {
    KinesisStream away = kinesis.createStream("us-east-2", "ticks", 1);

    assertThat(replication("failover init")).as(printed).isZero();
    assertThat(printed).contains("epoch 1: 'ticks' ACTIVE in us-west-2");
    assertThat(replication("failover plan")).as(printed).isZero();
    assertThat(printed).contains("would: makes 'us-east-2' active");
    assertThat(replication("failover run")).as(printed).isZero();
    assertThat(printed).contains("done:  epoch 2: 'ticks' ACTIVE in us-east-2");
    assertThat(replication("failover run")).as(printed).isZero();
    assertThat(printed).contains("is done already");
    assertThat(replication("failover status")).as(printed).isZero();
    assertThat(printed).contains("epoch 2: 'ticks' ACTIVE in us-east-2", "\"copyFrom\"");
    assertThat(replication("failback plan")).as(printed).isEqualTo(1);
    assertThat(printed).contains("1/9 home in order").contains("NOT SO: ");
    assertThat(replication("failback run")).as(printed).isEqualTo(1);
    assertThat(replication("failover status")).as(printed).isZero();
    assertThat(printed).contains("epoch 2: 'ticks' ACTIVE in us-east-2");
    assertThat(away.records()).isNotEmpty().allMatch(r -> r.partitionKey().startsWith("sluice-"));
  }

  @Test
  void theMonitorTellsOfBothRegionsAndEndsInTime() throws Exception {
    kinesis.createStream("us-east-2", "watched", 1);

    int exitCode =
        replication(
            "monitor",
            "--kinesis.streams=watched",
            "--kinesis-sink.stream=watched",
            "--monitor.window=2 s",
            "--monitor.interval=20 ms",
            "--monitor.run-for=6 s");

    assertThat(exitCode).as(printed).isZero();
    assertThat(printed).contains("us-west-2 is UNHEALTHY", "us-east-2 is HEALTHY");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "failover-run | --failover.although-healthy",
        "failback-plan | --failback.drain-limit",
        "monitor | --monitor.error-rate",
      })
  void helpListsTheOptionsOfACommandFor80Columns(String command, String option) throws Exception {
    assertThat(sluice("help", "replication", command)).as(printed).isZero();

    assertThat(printed).contains(option, "--register.table", "--kinesis-sink.region");
    assertThat(printed.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void mistakesInOptionsEndWith2AreToldTogetherAndSayWhereOptionsAreListed() throws Exception {
    assertThat(replication("failover run", "--register.pth=x", "--failover.to=north")).isEqualTo(2);
    assertThat(printed)
        .contains("did you mean 'register.path'?")
        .contains("Option 'failover.to'")
        .contains("The options are listed by: ./sluice help replication failover-run");

    assertThat(replication("failback run", "--failback.neer=1 s")).isEqualTo(2);
    assertThat(printed)
        .contains("did you mean 'failback.near'?")
        .contains("./sluice help replication failback-run");

    assertThat(replication("monitor", "--monitor.error-rate=2")).isEqualTo(2);
    assertThat(printed)
        .contains("Option 'monitor.error-rate' must be above 0 and at most 1, but was '2")
        .contains("./sluice help replication monitor");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "failover walk | did you mean 'failover",
        "failover | did you mean 'failover",
        "failover rum | did you mean 'failover-run'?",
        "failback run sql-analytics | ",
        "monitr replication | did you mean 'monitor'?",
        "monitor replicaton | did you mean 'replication'?",
        "monitor sql-analytics | 'sql-analytics' has no command 'monitor'",
      })
  void mistakesInWordsEndWith2AndAHint(String words, String hint) throws Exception {
    assertThat(sluice(words.split(" "))).as(printed).isEqualTo(2);

    assertThat(printed).contains(hint == null ? "" : hint);
  }

  private int replication(String command, String... options) throws Exception {
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
    return sluice(words.toArray(String[]::new));
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
        "--switch.canaries=2");
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
