package dev.sluice.benchmarks.replication;

import dev.sluice.benchmarks.measure.CpuLog;
import dev.sluice.benchmarks.measure.CpuWatch;
import dev.sluice.benchmarks.measure.ForkedJvm;
import dev.sluice.benchmarks.measure.Patience;
import dev.sluice.benchmarks.measure.Statistics;
import dev.sluice.benchmarks.measure.Stretch;
import dev.sluice.benchmarks.measure.Workspace;
import dev.sluice.local.LocalKinesis;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One contestant at one load, with a server, and a process, of its own. */
final class Trial {
  /** Of the backlog; some shard is always done last. */
  private static final double COUNTED = 0.97;

  /** Of a core: a server that is only polled takes less. */
  private static final double AT_REST = 0.5;

  private static final long REST_MILLIS = 1_500;
  private static final Duration STALLED = Duration.ofSeconds(5);

  /** More than clocks of one machine differ by. */
  private static final Duration SKEW = Duration.ofSeconds(1);

  /** Records at a fixed rate in the first seconds are behind the rest of the backlog. */
  private static final int SETTLING_SECONDS = 2;

  private final Workspace workspace;
  private final String heap;
  private final Duration poll;
  private final Duration interval;
  private final Duration limit;

  /**
   * @param interval between checkpoints
   * @param limit until the backlog is copied
   */
  Trial(Workspace workspace, String heap, Duration poll, Duration interval, Duration limit) {
    this.workspace = workspace;
    this.heap = heap;
    this.poll = poll;
    this.interval = interval;
    this.limit = limit;
  }

  Outcome run(Entrant entrant, Load load) throws Exception {
    ForkedJvm jvm = workspace.prepared();
    try (LocalKinesis server = LocalKinesis.start();
        FaultProxy proxy = FaultProxy.start(server.endpoint(), load.seed());
        CpuWatch serverCpu = new CpuWatch(server.pid())) {
      proxy.add(
          FaultRule.of(
              FaultAction.failEntries(load.failing(), "ProvisionedThroughputExceededException"),
              "PutRecords"));
      server.createStream(Streams.SOURCE_REGION, Streams.NAME, Streams.SHARDS);
      server.createStream(Streams.TARGET_REGION, Streams.NAME, Streams.SHARDS);
      Streams streams =
          new Streams(
              server.endpoint().toString(),
              (load.failing() > 0 ? proxy.endpoint() : server.endpoint()).toString(),
              poll.toMillis());
      return run(jvm, entrant, load, streams, serverCpu);
    } finally {
      workspace.clear();
    }
  }

  private Outcome run(
      ForkedJvm jvm, Entrant entrant, Load load, Streams streams, CpuWatch serverCpu)
      throws Exception {
    Instant begin = Instant.now().minus(SKEW);
    Path cpu = workspace.output().resolve("cpu.log");
    try (Producer producer = new Producer(load, streams)) {
      producer.backlog();
      ForkedJvm.Started copy = start(jvm, entrant, streams, cpu);
      try {
        Patience.until("the backlog copied", limit, () -> isCopied(copy, cpu, load));
        Patience.until("the server at rest", limit, () -> hasRested(serverCpu.log()));
        Instant beginOfRate = Instant.now().minus(SKEW);
        producer.atFixedRate();
        Patience.until("the server at rest", limit, () -> hasRested(serverCpu.log()));
        CpuLog server = serverCpu.log();
        return outcome(
            load,
            Records.read(streams.source(), load.all(), beginOfRate),
            complete(streams, load, begin),
            CpuLog.read(cpu),
            server);
      } finally {
        copy.process().destroyForcibly().waitFor();
      }
    }
  }

  /** Reads the target until all is there, or until nothing comes any more. */
  private Records complete(Streams streams, Load load, Instant begin)
      throws IOException, InterruptedException {
    Records before = Records.read(streams.targetOfServer(), load.all(), begin);
    while (before.missing() > 0) {
      Patience.at(System.nanoTime() + STALLED.toNanos());
      Records now = Records.read(streams.targetOfServer(), load.all(), begin);
      if (now.missing() == before.missing()) {
        return now;
      }
      before = now;
    }
    return before;
  }

  private ForkedJvm.Started start(ForkedJvm jvm, Entrant entrant, Streams streams, Path cpu)
      throws IOException {
    List<String> options = new ArrayList<>(Stretch.JVM_OPTIONS);
    options.addAll(List.of("-Xms" + heap, "-Xmx" + heap));
    return jvm.start(
        entrant.name(),
        options,
        CopyProcess.class,
        entrant.name(),
        streams.sourceEndpoint(),
        streams.targetEndpoint(),
        Long.toString(streams.pollMillis()),
        workspace.output().toString(),
        Long.toString(interval.toMillis()),
        cpu.toString());
  }

  private static boolean isCopied(ForkedJvm.Started copy, Path cpu, Load load) throws IOException {
    if (!copy.process().isAlive()) {
      throw new IllegalStateException("The contestant has ended: " + copy.tail());
    }
    return CpuLog.read(cpu).done() >= load.backlog();
  }

  private static boolean hasRested(CpuLog server) {
    double now = System.currentTimeMillis();
    return server.seconds(now - REST_MILLIS, now) * 1_000 / REST_MILLIS < AT_REST;
  }

  private static Outcome outcome(
      Load load, Records source, Records target, CpuLog own, CpuLog server) {
    long[] times = target.arrivalsBelow(load.backlog());
    int last = (int) (COUNTED * times.length) - 1;
    double from = times[load.warmUp()];
    double to = times[last];
    double seconds = (to - from) / 1_000;
    int counted = last - load.warmUp();
    List<Double> lags =
        IntStream.range(load.backlog() + SETTLING_SECONDS * load.perSecond(), load.all())
            .filter(i -> source.has(i) && target.has(i))
            .mapToObj(i -> (double) (target.arrival(i) - source.arrival(i)))
            .toList();
    double lagFrom = source.arrival(load.all() - 1) - 1_000.0 * load.seconds();
    double lagTo = source.arrival(load.all() - 1);
    return new Outcome(
        counted / seconds,
        1e6 * own.seconds(from, to) / counted,
        server.seconds(from, to) / seconds,
        Statistics.median(lags).orElse(Double.NaN),
        Statistics.quantile(lags, 0.99).orElse(Double.NaN),
        server.seconds(lagFrom, lagTo) * 1_000 / (lagTo - lagFrom),
        target.missing(),
        target.repeated(),
        target.reorderedKeys());
  }
}
