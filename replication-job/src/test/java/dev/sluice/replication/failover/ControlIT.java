package dev.sluice.replication.failover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalDynamoDb;
import dev.sluice.local.LocalKinesis;
import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import dev.sluice.replication.PositionCut;
import dev.sluice.replication.PositionSettings;
import dev.sluice.replication.PositionStore;
import dev.sluice.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands with their options, against local servers. */
@Timeout(180)
class ControlIT {
  private static final String POSITIONS_HOME = "ticks/east-to-west";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static LocalKinesis kinesis;
  private static LocalDynamoDb dynamoDb;
  private static FaultProxy west;
  private static KinesisStream home;
  private static KinesisStream away;

  @BeforeAll
  static void start() throws Exception {
    kinesis = LocalKinesis.start();
    dynamoDb = LocalDynamoDb.start();
    west = FaultProxy.start(kinesis.endpoint(), 1);
    home = kinesis.createStream("us-west-2", "ticks", 2);
    away = kinesis.createStream("us-east-2", "ticks", 2);
  }

  @AfterAll
  static void stop() throws Exception {
    west.close();
    kinesis.close();
    dynamoDb.close();
  }

  @Test
  void goesAwayFromARegionThatFailsAndComesHomeWithWhatWasWrittenAway() throws Exception {
    assertThat(failover("init")).contains("epoch 1: 'ticks' ACTIVE in us-west-2");
    assertThatThrownBy(() -> failover("run"))
        .isInstanceOf(UnmetException.class)
        .hasMessageContaining("seems to be in order");

    Fault broken = west.add(FaultRule.of(FaultAction.answer(503, "Unavailable")));
    assertThat(failover("run", "--dry-run")).contains("would: makes 'us-east-2' active");
    assertThat(failover("status")).contains("epoch 1");
    assertThat(failover("run")).contains("done:  epoch 2: 'ticks' ACTIVE in us-east-2");
    assertThat(failover("run")).contains("is done already");
    broken.disable();

    away.put("k", "written away".getBytes(UTF_8));
    positionsHome().close(); // Makes the table, as any replicator does when it starts.
    assertThatThrownBy(() -> failback("run"))
        .isInstanceOf(UnmetException.class)
        .hasMessageContaining("keeps no positions: start one with '--kinesis.initial-position");
    keepPosition();
    assertThat(failbackBesideACopy("plan")).contains("copy back near its end", "would: ");
    assertThat(failbackBesideACopy("run"))
        .contains("it is beyond markers in 2 shards", "done:  epoch 4: 'ticks'");
    assertThat(failover("status"))
        .contains("epoch 4: 'ticks' ACTIVE in us-west-2", "\"operation\":\"failback\"");
    assertThat(home.records())
        .extracting(KinesisRecord::partitionKey)
        .allMatch(key -> key.startsWith("sluice-heartbeat-"));
  }

  /** A brown-out of puts alone is enough; the stream of this test is one of its own. */
  @Test
  void theMonitorFailsOverByItselfAndOnce() throws Exception {
    kinesis.createStream("us-west-2", "watched", 1);
    kinesis.createStream("us-east-2", "watched", 1);
    String[] stream = {"--kinesis.streams=watched", "--kinesis-sink.stream=watched"};
    failover("init", stream[0], stream[1]);
    Fault broken = west.add(FaultRule.of(FaultAction.answer(500, "InternalFailure"), "PutRecords"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MonitorCommand monitor =
        JobArguments.parse(
            arguments(
                "monitor",
                stream[0],
                stream[1],
                "--monitor.failover=true",
                "--monitor.interval=50 ms",
                "--monitor.lasting=1 s",
                "--monitor.no-data-after=5 min"),
            MonitorOptions.ALL,
            MonitorCommand::new);
    Thread watch = new Thread(() -> runUntilInterrupted(monitor, out));
    watch.start();
    try {
      Await.until(
          "a failover",
          LIMIT,
          () -> failover("status", stream[0], stream[1]).contains("epoch 2: 'watched' ACTIVE"));
      Await.until(
          "its last step", LIMIT, () -> out.toString(UTF_8).contains("no position of a copy"));
    } finally {
      broken.disable();
      end(watch);
    }

    assertThat(out.toString(UTF_8))
        .contains("us-west-2 is UNHEALTHY", "us-east-2 is HEALTHY", "done:  epoch 2: 'watched'");
    assertThat(failover("status", stream[0], stream[1]))
        .contains("epoch 2: 'watched' ACTIVE in us-east-2 by 'monitor'");
  }

  private static void end(Thread watch) throws Exception {
    Await.until(
        "the end of the monitor",
        LIMIT,
        () -> {
          watch.interrupt(); // again: a client may lose one
          return !watch.isAlive();
        });
  }

  private static void runUntilInterrupted(MonitorCommand monitor, ByteArrayOutputStream out) {
    try {
      monitor.run(new PrintStream(out, true, UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void mistakesInOptionsAreToldTogether() {
    assertThatThrownBy(() -> failover("run", "--register.table=", "--positions.copy="))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("register.table")
        .hasMessageContaining("positions.copy");
    assertThatThrownBy(() -> failover("run", "--kinesis-sink.region=us-west-2"))
        .hasMessageContaining("must not be the Region of the stream at home");
    assertThatThrownBy(() -> failover("walk")).hasMessageContaining("failover.action");
  }

  private static void keepPosition() throws Exception {
    Map<String, String> read = new HashMap<>();
    for (KinesisRecord record : away.records()) {
      read.put(record.position().shard(), record.position().sequenceNumber());
    }
    long now = System.currentTimeMillis();
    try (PositionStore store = positionsHome()) {
      store.append(new PositionCut(now, now, now, read, Map.of()));
    }
  }

  private static PositionStore positionsHome() throws IOException {
    return JobArguments.parse(options(), SwitchOptions.SHARED, PositionSettings::new)
        .store(POSITIONS_HOME)
        .open();
  }

  private static String failover(String... words) throws Exception {
    return command(
        SwitchOptions.FAILOVER,
        FailoverCommand::new,
        FailoverCommand::run,
        arguments("failover", words));
  }

  private static String failback(String... words) throws Exception {
    return command(
        SwitchOptions.FAILBACK,
        FailbackCommand::new,
        FailbackCommand::run,
        arguments("failback", words));
  }

  private interface Run<C> {
    void run(C command, PrintStream out) throws Exception;
  }

  private static <C> String command(
      List<JobOption<?>> options, Function<JobArguments, C> settings, Run<C> run, String[] args)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    C command = JobArguments.parse(args, options, settings);
    run.run(command, new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  private static String failbackBesideACopy(String word) throws Exception {
    CompletableFuture<String> run = CompletableFuture.supplyAsync(() -> failbackUnchecked(word));
    Await.until(
        "the end of 'failback " + word + "'",
        LIMIT,
        () -> {
          // Stands for the replicator: it has read all that there is now.
          keepPosition();
          return run.isDone();
        });
    return run.get();
  }

  private static String failbackUnchecked(String... words) {
    try {
      return failback(words);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** As main() gets them, without the name of the command; a word makes its second half. */
  private static String[] arguments(String command, String... words) {
    boolean half = !words[0].startsWith("--");
    List<String> args = new ArrayList<>(List.of(half ? command + "-" + words[0] : command));
    args.addAll(List.of(words).subList(half ? 1 : 0, words.length));
    for (String option : options()) {
      String key = option.substring(0, option.indexOf('=') + 1);
      if (args.stream().noneMatch(given -> given.startsWith(key))) {
        args.add(option);
      }
    }
    args.removeIf(given -> given.endsWith("="));
    String[] written = CommandWords.written(args.toArray(String[]::new));
    return Arrays.copyOfRange(written, 1, written.length);
  }

  private static String[] options() {
    return new String[] {
      "--kinesis.streams=ticks",
      "--kinesis.region=us-west-2",
      "--kinesis.endpoint=" + west.endpoint(),
      "--kinesis.access-key-id=" + LocalKinesis.ACCESS_KEY,
      "--kinesis.secret-access-key=" + LocalKinesis.SECRET_KEY,
      "--kinesis-sink.stream=ticks",
      "--kinesis-sink.region=us-east-2",
      "--kinesis-sink.endpoint=" + kinesis.endpoint(),
      "--kinesis-sink.access-key-id=" + LocalKinesis.ACCESS_KEY,
      "--kinesis-sink.secret-access-key=" + LocalKinesis.SECRET_KEY,
      "--positions.table=positions",
      "--positions.copy=ticks/west-to-east",
      "--positions.region=us-east-2",
      "--positions.endpoint=" + dynamoDb.endpoint(),
      "--positions.access-key-id=" + LocalDynamoDb.ACCESS_KEY,
      "--positions.secret-access-key=" + LocalDynamoDb.SECRET_KEY,
      "--register.table=register",
      "--register.region=us-east-2",
      "--register.endpoint=" + dynamoDb.endpoint(),
      "--register.access-key-id=" + LocalDynamoDb.ACCESS_KEY,
      "--register.secret-access-key=" + LocalDynamoDb.SECRET_KEY,
      "--failback.positions=" + POSITIONS_HOME,
      "--switch.look-interval=100 ms",
      "--switch.canaries=2",
      "--switch.stopped-after=5 s",
      "--switch.probe-timeout=20 s",
      "--switch.request-timeout=1 s"
    };
  }
}
