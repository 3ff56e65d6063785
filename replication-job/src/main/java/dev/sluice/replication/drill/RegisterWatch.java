package dev.sluice.replication.drill;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.RegionRegister;
import dev.sluice.common.region.RegionState;
import dev.sluice.replication.drill.report.DrillEvent;
import dev.sluice.replication.drill.report.DrillLog;
import dev.sluice.replication.drill.report.EventKind;
import dev.sluice.replication.drill.report.Side;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the register ten times a second, and notes each change of it. */
final class RegisterWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegisterWatch.class);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final RegionRegister register;
  private final DrillLog log;
  private final Thread thread = new Thread(this::watch, "drill-register");
  private volatile boolean closed;
  private volatile @Nullable ActiveRegion now;

  private RegisterWatch(RegionRegister register, DrillLog log) {
    this.register = register;
    this.log = log;
    thread.setDaemon(true);
  }

  static RegisterWatch start(RegionRegister register, DrillLog log) {
    RegisterWatch watch = new RegisterWatch(register, log);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (!closed) {
        look();
        Patience.pass(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void look() {
    try {
      register.read(DrillSite.STREAM).ifPresent(this::note);
    } catch (IOException e) {
      LOG.debug("No look at the register", e); // the next one tells what has changed
    }
  }

  private void note(ActiveRegion read) {
    ActiveRegion before = now;
    now = read;
    if (before == null || before.epoch() == read.epoch()) {
      return;
    }
    EventKind kind = EventKind.SWITCHED;
    if (read.state() == RegionState.SWITCHING) {
      kind = EventKind.FENCED;
    } else if (read.region().equals(DrillSite.HOME)) {
      kind = EventKind.FAILED_BACK;
    }
    Side side = read.region().equals(DrillSite.HOME) ? Side.HOME : Side.AWAY;
    log.event(new DrillEvent(read.changedAt(), kind, side, "The register is at " + read));
  }

  /** Whether producers may write in the Region. */
  boolean isActive(String region) {
    ActiveRegion read = now;
    return read != null && read.region().equals(region) && read.state() == RegionState.ACTIVE;
  }

  /** What it says now, asked now. */
  ActiveRegion current() throws IOException {
    return register
        .read(DrillSite.STREAM)
        .orElseThrow(() -> new IOException("The register has lost the stream"));
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    while (thread.isAlive()) {
      thread.interrupt();
      thread.join(TimeUnit.SECONDS.toMillis(20));
    }
  }
}
