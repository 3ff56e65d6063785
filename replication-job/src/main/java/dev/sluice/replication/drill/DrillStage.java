package dev.sluice.replication.drill;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.region.DynamoDbRegister;
import dev.sluice.common.region.RegionRegister;
import dev.sluice.replication.drill.report.DrillLog;
import dev.sluice.replication.drill.report.Side;
import dev.sluice.replication.failover.FailoverCommand;
import dev.sluice.replication.failover.SwitchOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** All that takes part in a drill, started in its order and ended in the other one. */
final class DrillStage implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final DrillSettings settings;
  private final Path work;
  final DrillSite site;
  final DrillArguments arguments;
  final PriceItems items;
  final RegionRegister register;
  final RegisterWatch watch;
  final Copies copies;
  final TickLedger ledger = new TickLedger();
  private @Nullable DrillMonitor monitor;
  private @Nullable TickProducer producer;
  private @Nullable Samples samples;

  /**
   * Starts servers and jobs.
   *
   * @param commands gets what commands print
   */
  DrillStage(DrillSettings settings, DrillJobs jobs, Path work, DrillLog log, PrintStream commands)
      throws Exception {
    this.settings = settings;
    this.work = work;
    try {
      site = keep(DrillSite.start(settings));
      arguments = new DrillArguments(site, settings, work);
      items = keep(new PriceItems(site.table(DrillSite.PRICES)));
      items.create();
      JobArguments.parse(arguments.init(), SwitchOptions.FAILOVER, FailoverCommand::new)
          .run(commands);
      register = keep(DynamoDbRegister.open(site.table("regions")));
      watch = keep(RegisterWatch.start(register, log));
      copies = keep(new Copies(jobs, site, arguments, log));
      jobs.start(DrillJob.TICKER_PRICES, arguments.consumer(DrillSite.HOME));
      jobs.start(DrillJob.TICKER_PRICES, arguments.consumer(DrillSite.AWAY));
      copies.start(Side.AWAY, null);
    } catch (Exception e) {
      try {
        close();
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** Ends it with the drill, before what was started before it. */
  <S extends AutoCloseable> S keep(S part) {
    started.push(part);
    return part;
  }

  /**
   * Begins to watch both Regions, with the right to fail over. When all has warmed up: a machine
   * that starts three jobs answers no canary in time.
   */
  void watchHealth(PrintStream commands) {
    monitor = keep(DrillMonitor.start(arguments, commands));
  }

  DrillMonitor monitor() {
    return present(monitor);
  }

  /** Begins to send, and to look at what becomes of it. */
  void write() throws IOException {
    TickProducer ticks =
        keep(TickProducer.start(site, register, work.resolve("spool"), settings, ledger));
    producer = ticks;
    samples = keep(Samples.start(ticks));
  }

  TickProducer producer() {
    return present(producer);
  }

  private static <P> P present(@Nullable P part) {
    if (part == null) {
      throw new IllegalStateException("It has not begun yet");
    }
    return part;
  }

  /** Null before the first record. */
  @Nullable Samples samples() {
    return samples;
  }

  /** Ends all; the first failure is thrown when all has ended. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        failure = failure == null ? new IOException("The drill does not end in order", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
