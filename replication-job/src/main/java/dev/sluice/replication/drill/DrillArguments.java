package dev.sluice.replication.drill;

import dev.sluice.local.LocalDynamoDb;
import dev.sluice.local.LocalKinesis;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each job and command is started with: options that a person would write. */
final class DrillArguments {
  static final Duration CHECKPOINTS = Duration.ofSeconds(1);

  /** A replicator that has kept no position for so long has stopped. */
  static final Duration STOPPED_AFTER = Duration.ofSeconds(10);

  /** Positions of the copy from home to away, and of the other one. */
  static final String COPY_OUT = "ticks/home-to-away";

  static final String COPY_BACK = "ticks/away-to-home";

  private static final Duration BETWEEN_CANARIES = Duration.ofMillis(250);

  /** A window must hold five rounds of two requests. */
  private static final int REQUESTS_IN_WINDOW = 10;

  /** Longest answer of a canary in steps, which need each to succeed, on a busy machine too. */
  private static final Duration CAREFUL = Duration.ofSeconds(20);

  private final DrillSite site;
  private final DrillSettings settings;
  private final Path work;

  /**
   * Arguments.
   *
   * @param work a folder that the jobs reach
   */
  DrillArguments(DrillSite site, DrillSettings settings, Path work) {
    this.site = site;
    this.settings = settings;
    this.work = work;
  }

  /** Where jobs keep what they cannot use. */
  Path deadLetters() {
    return work.resolve("dead-letters");
  }

  /**
   * Of a replicator.
   *
   * @param to Region of the target
   * @param from of what arrived from this time on; null for all
   */
  List<String> copy(String to, @Nullable Instant from) {
    boolean out = to.equals(DrillSite.AWAY);
    List<String> all = streams(out ? DrillSite.HOME : DrillSite.AWAY, to);
    all.addAll(positions(out ? COPY_OUT : COPY_BACK));
    all.addAll(job("copy-to-" + to));
    all.add("--kinesis-sink.request-timeout=" + DrillSite.REQUEST.toMillis() + " ms");
    if (from != null) {
      all.add("--kinesis.initial-position=at-timestamp");
      all.add("--kinesis.initial-timestamp=" + from);
    }
    return all;
  }

  /** Of the consumer of a Region's stream. */
  List<String> consumer(String region) {
    List<String> all = source(region);
    all.add("--prices.table=" + DrillSite.PRICES);
    all.addAll(inTables("prices"));
    all.addAll(job("prices-of-" + region));
    return all;
  }

  /** Of {@code failover init}. */
  String[] init() {
    List<String> all = control(CAREFUL);
    all.add("--failover.action=init");
    all.add("--failover.lease=3 s");
    return all.toArray(String[]::new);
  }

  /** Of {@code monitor}, which fails over by itself. */
  String[] monitor() {
    List<String> all =
        control(settings.window.dividedBy(REQUESTS_IN_WINDOW).minus(BETWEEN_CANARIES));
    all.add("--monitor.failover=true");
    all.add("--monitor.interval=" + BETWEEN_CANARIES.toMillis() + " ms");
    all.add("--monitor.window=" + settings.window.toMillis() + " ms");
    // In the outage all requests fail. On a busy machine, which all servers share, a few may.
    all.add("--monitor.error-rate=0.5");
    all.add("--monitor.recovery=2 s");
    return all.toArray(String[]::new);
  }

  /** Of {@code failback run}. */
  String[] failback() {
    List<String> all = control(CAREFUL);
    all.add("--failback.action=run");
    return all.toArray(String[]::new);
  }

  /** Of {@code audit}: all that arrived in a Region between two times. */
  String[] audit(String source, Instant from, Instant to) {
    String target = source.equals(DrillSite.HOME) ? DrillSite.AWAY : DrillSite.HOME;
    List<String> all = streams(source, target);
    all.add("--audit.from=" + from);
    all.add("--audit.to=" + to);
    all.add("--audit.window=10 s");
    return all.toArray(String[]::new);
  }

  /** What the commands of a switch share. */
  private List<String> control(Duration probe) {
    List<String> all = streams(DrillSite.HOME, DrillSite.AWAY);
    all.addAll(positions(COPY_OUT));
    all.add("--failback.positions=" + COPY_BACK);
    all.add("--register.table=regions");
    all.addAll(inTables("register"));
    all.add("--switch.probe-timeout=" + probe.toMillis() + " ms");
    all.add("--switch.request-timeout=" + DrillSite.REQUEST.toMillis() + " ms");
    all.add("--switch.clock-skew=0 s"); // one machine
    all.add("--switch.stopped-after=" + STOPPED_AFTER.toMillis() + " ms");
    all.add("--switch.look-interval=200 ms");
    all.add("--failback.near=15 s");
    return all;
  }

  private List<String> streams(String from, String to) {
    List<String> all = source(from);
    all.add("--kinesis-sink.stream=" + DrillSite.STREAM);
    all.add("--kinesis-sink.region=" + to);
    all.add("--kinesis-sink.endpoint=" + site.endpoint(to));
    all.add("--kinesis-sink.access-key-id=" + LocalKinesis.ACCESS_KEY);
    all.add("--kinesis-sink.secret-access-key=" + LocalKinesis.SECRET_KEY);
    return all;
  }

  private List<String> source(String region) {
    return new ArrayList<>(
        List.of(
            "--kinesis.streams=" + DrillSite.STREAM,
            "--kinesis.region=" + region,
            "--kinesis.endpoint=" + site.endpoint(region),
            "--kinesis.access-key-id=" + LocalKinesis.ACCESS_KEY,
            "--kinesis.secret-access-key=" + LocalKinesis.SECRET_KEY,
            // What the proxy is made for; fan-out needs HTTP/2.
            "--kinesis.reader=polling",
            "--kinesis.poll-interval=500 ms"));
  }

  private List<String> positions(String copy) {
    List<String> all = new ArrayList<>(inTables("positions"));
    all.add("--positions.table=positions");
    all.add("--positions.copy=" + copy);
    return all;
  }

  private List<String> inTables(String group) {
    return List.of(
        "--" + group + ".region=" + DrillSite.THIRD,
        "--" + group + ".endpoint=" + site.tablesEndpoint(),
        "--" + group + ".access-key-id=" + LocalDynamoDb.ACCESS_KEY,
        "--" + group + ".secret-access-key=" + LocalDynamoDb.SECRET_KEY);
  }

  /** A job whose Region is lost is tried again until it is back. */
  private List<String> job(String name) {
    return List.of(
        "--dead-letters.path=" + deadLetters().resolve(name).toUri(),
        "--job.parallelism=1",
        "--checkpoint.interval=" + CHECKPOINTS.toMillis() + " ms",
        "--checkpoint.min-pause=100 ms",
        "--checkpoint.tolerable-failures=1000",
        "--checkpoint.directory=" + work.resolve("checkpoints").toUri(),
        "--flink.restart-strategy.type=fixed-delay",
        "--flink.restart-strategy.fixed-delay.attempts=1000000",
        "--flink.restart-strategy.fixed-delay.delay=1 s");
  }
}
