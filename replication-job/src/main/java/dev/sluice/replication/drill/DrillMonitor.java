package dev.sluice.replication.drill;

import dev.sluice.common.config.JobArguments;
import dev.sluice.replication.failover.MonitorCommand;
import dev.sluice.replication.failover.MonitorOptions;
import dev.sluice.replication.health.HealthState;
import dev.sluice.replication.health.HealthVerdict;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The command {@code monitor} in a thread of this process: it fails over by itself. */
final class DrillMonitor implements AutoCloseable {
  private final Thread thread;
  private final Map<String, HealthVerdict> latest = new ConcurrentHashMap<>();
  private volatile boolean closed;
  private volatile boolean expected;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Instant unhealthyAt;

  private DrillMonitor(MonitorCommand command, PrintStream out) {
    thread = new Thread(() -> watch(command, out), "drill-monitor");
    thread.setDaemon(true);
  }

  static DrillMonitor start(DrillArguments arguments, PrintStream out) {
    MonitorCommand command =
        JobArguments.parse(arguments.monitor(), MonitorOptions.ALL, MonitorCommand::new);
    DrillMonitor monitor = new DrillMonitor(command, out);
    monitor.thread.start();
    return monitor;
  }

  private void watch(MonitorCommand command, PrintStream out) {
    try {
      command.run(out, this::note);
    } catch (InterruptedException e) {
      failure = closed ? null : e;
    } catch (IOException | RuntimeException e) {
      failure = closed ? null : e;
    }
  }

  private void note(String region, HealthVerdict verdict) {
    latest.put(region, verdict);
    boolean lost = region.equals(DrillSite.HOME) && verdict.state() == HealthState.UNHEALTHY;
    if (lost && expected && unhealthyAt == null) {
      unhealthyAt = Instant.now();
    }
  }

  /** From now on home is lost. */
  void expectOutage() {
    expected = true;
  }

  /**
   * When home was first seen to be lost after that.
   *
   * @throws IOException if it watches no more
   */
  Optional<Instant> unhealthyAt() throws IOException {
    requireWatching();
    return Optional.ofNullable(unhealthyAt);
  }

  /**
   * Whether it holds the Region for healthy.
   *
   * @throws IOException if it watches no more
   */
  boolean isHealthy(String region) throws IOException {
    requireWatching();
    HealthVerdict verdict = latest.get(region);
    return verdict != null && verdict.state() == HealthState.HEALTHY;
  }

  private void requireWatching() throws IOException {
    Throwable ended = failure;
    if (ended != null) {
      throw new IOException("The monitor has ended: " + ended, ended);
    }
  }

  /** The last verdict, in words. */
  String words(String region) {
    HealthVerdict verdict = latest.get(region);
    return verdict == null ? "no verdict" : verdict.state() + ": " + verdict.reason();
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    while (thread.isAlive()) {
      thread.interrupt(); // again: a client may lose one
      thread.join(TimeUnit.SECONDS.toMillis(20));
    }
  }
}
