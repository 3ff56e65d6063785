package dev.sluice.replication.health;

import dev.sluice.common.sink.kinesis.StreamProbe;
import dev.sluice.replication.health.CanaryRound.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one stream with a canary and by the reports of producers. To be run outside of the
 * stream's Region: what goes down with the Region tells nobody of it.
 *
 * <p>Not thread-safe; closes its probe.
 */
public final class HealthMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Canary canary;
  private final ProducerReports reports;
  private final Clock clock;
  private final RegionHealth health;
  private boolean reportsFail;

  public HealthMonitor(StreamProbe probe, HealthRules rules, ProducerReports reports, Clock clock) {
    this(new Canary(probe, HealthMonitor::pause), rules, reports, clock);
  }

  HealthMonitor(Canary canary, HealthRules rules, ProducerReports reports, Clock clock) {
    this.canary = canary;
    this.reports = reports;
    this.clock = clock;
    this.health = new RegionHealth(rules);
  }

  /** Sends a canary, takes in reports, judges. Takes a few times the probe's limit at most. */
  public HealthVerdict round() throws InterruptedException {
    CanaryRound round = canary.round();
    record(Operation.PUT, round.put);
    record(Operation.GET, round.get);
    String reportTrouble = takeReports();
    HealthVerdict verdict = health.check(clock.millis());
    String trouble = round.trouble == null ? reportTrouble : round.trouble;
    return trouble == null
        ? verdict
        : new HealthVerdict(
            verdict.state(), verdict.since(), verdict.reason() + "; last trouble: " + trouble);
  }

  private void record(Operation operation, Outcome outcome) {
    if (outcome != Outcome.NONE) {
      boolean succeeded = outcome == Outcome.SUCCEEDED;
      long now = clock.millis();
      health.record(now, now, operation, succeeded ? 1 : 0, succeeded ? 0 : 1);
    }
  }

  /** Reports that cannot be had are no error of the stream. */
  private @Nullable String takeReports() throws InterruptedException {
    try {
      for (ProducerReport report : reports.next()) {
        Instant ended = report.ended;
        health.record(
            clock.millis(),
            ended.toEpochMilli(),
            report.operation,
            report.succeeded,
            report.failed);
      }
      reportsFail = false;
      return null;
    } catch (IOException e) {
      if (!reportsFail) {
        LOG.warn("Producers' reports cannot be read", e);
      }
      reportsFail = true;
      return "producers' reports: " + e.getMessage();
    }
  }

  static void pause() throws InterruptedException {
    LockSupport.parkNanos(PAUSE_NANOS);
    if (Thread.interrupted()) {
      throw new InterruptedException("Interrupted while a canary was looked for");
    }
  }

  @Override
  public void close() {
    canary.close();
  }
}
