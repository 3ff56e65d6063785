package dev.sluice.replication.drill;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.record.RecordVersion;
import dev.sluice.replication.drill.report.DrillEvent;
import dev.sluice.replication.drill.report.DrillLog;
import dev.sluice.replication.drill.report.DrillTotals;
import dev.sluice.replication.drill.report.EventKind;
import dev.sluice.replication.drill.report.Side;
import dev.sluice.replication.failover.FailbackCommand;
import dev.sluice.replication.failover.SwitchNote;
import dev.sluice.replication.failover.SwitchOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The script of a drill: plays the outage, the monitor's surroundings, and the operator. */
final class Drill {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration LEAST_AT_END = Duration.ofSeconds(3);
  private static final int FAILBACK_ATTEMPTS = 5;

  private final DrillSettings settings;
  private final DrillStage stage;
  private final DrillTeller teller;
  private final DrillLog log;
  private final PrintStream commands;
  private Instant outageAt = Instant.MAX;
  private Instant healedAt = Instant.MAX;
  private Instant back = Instant.MAX;
  private Duration seenAfter = Duration.ZERO;
  private DrillTotals totals = DrillTotals.NONE;

  /**
   * A drill that is about to begin.
   *
   * @param commands gets what commands print
   */
  Drill(
      DrillSettings settings,
      DrillStage stage,
      DrillTeller teller,
      DrillLog log,
      PrintStream commands) {
    this.settings = settings;
    this.stage = stage;
    this.teller = teller;
    this.log = log;
    this.commands = commands;
  }

  /** What was measured until now. */
  DrillTotals totals() {
    return totals;
  }

  /** When home was lost; far in the future before that. */
  Instant outageAt() {
    return outageAt;
  }

  /** When it was back; far in the future before that. */
  Instant healedAt() {
    return healedAt;
  }

  /** From the loss of home until the consumer's table had a record of the other Region. */
  Duration seenAfter() {
    return seenAfter;
  }

  /** From the first record to the last one. */
  void play() throws Exception {
    writeAtHome();
    outageAt = Instant.now();
    stage.monitor().expectOutage();
    Outage outage = stage.keep(Outage.begin(stage.site));
    failOver();
    writeAway();
    heal(outage);
    bringHome();
    failBack();
    writeAtHomeAgain();
  }

  private void writeAtHome() throws Exception {
    teller.phase("write in " + DrillSite.HOME);
    stage.write();
    samples().copyBegins(Side.AWAY);
    Patience.until("a first price", LIMIT, () -> firstPrice().isPresent());
    stage.copies.awaitPositions(Side.AWAY);
    stage.watchHealth(commands);
    Patience.pass(settings.writeHome);
    Patience.until(
        "both Regions to be healthy",
        LIMIT,
        () ->
            stage.monitor().isHealthy(DrillSite.HOME) && stage.monitor().isHealthy(DrillSite.AWAY));
    if (!stage.watch.isActive(DrillSite.HOME)) {
      throw new IOException(
          "Home was left before the outage: " + stage.monitor().words(DrillSite.HOME));
    }
    teller.checked(
        stage.ledger.acceptedIn(DrillSite.HOME)
            + " records accepted, the copy keeps positions, prices are in the table, both Regions are"
            + " healthy");
  }

  private Optional<RecordVersion> firstPrice() throws IOException, InterruptedException {
    List<Tick> ticks = stage.ledger.ticks();
    return ticks.isEmpty() ? Optional.empty() : stage.items.version(ticks.get(0).ticker);
  }

  private void failOver() throws Exception {
    log.event(new DrillEvent(outageAt, EventKind.OUTAGE, Side.HOME, Outage.WORDS));
    teller.phase("lose " + DrillSite.HOME + ": " + Outage.WORDS);
    Patience.until("the monitor", LIMIT, () -> stage.monitor().unhealthyAt().isPresent());
    Instant known = stage.monitor().unhealthyAt().orElseThrow();
    String verdict = stage.monitor().words(DrillSite.HOME);
    log.event(new DrillEvent(known, EventKind.DETECTED, Side.HOME, verdict));
    Duration detection = Duration.between(outageAt, known);
    totals = totals.detection(detection);
    teller.tell("the monitor knows after " + DrillTeller.seconds(detection));
    Patience.until(
        "the switch",
        LIMIT,
        () -> stage.monitor().unhealthyAt().isPresent() && stage.watch.isActive(DrillSite.AWAY));
    Patience.until("a record away", LIMIT, () -> stage.ledger.firstAway().isPresent());
    Tick first = stage.ledger.firstAway().orElseThrow();
    Duration recovery = Duration.ofMillis(first.toldAt() - outageAt.toEpochMilli());
    totals = totals.recovery(recovery);
    Patience.until("its price", LIMIT, () -> isInTable(first));
    seenAfter = Duration.between(outageAt, Instant.now());
    teller.checked(
        "the register says "
            + DrillSite.AWAY
            + ", which accepts records after "
            + DrillTeller.seconds(recovery)
            + "; the consumer has them after "
            + DrillTeller.seconds(seenAfter));
  }

  private boolean isInTable(Tick tick) throws IOException, InterruptedException {
    RecordVersion told = tick.version();
    return told != null
        && stage
            .items
            .version(tick.ticker)
            .filter(version -> version.compareTo(told) >= 0)
            .isPresent();
  }

  private void writeAway() throws Exception {
    teller.phase("write in " + DrillSite.AWAY);
    Patience.pass(settings.writeAway);
    teller.checked(stage.ledger.acceptedIn(DrillSite.AWAY) + " records accepted there");
  }

  private void heal(Outage outage) throws Exception {
    teller.phase("heal " + DrillSite.HOME + ", and copy out what was left there");
    healedAt = Instant.now();
    outage.end();
    log.event(EventKind.HEALED, Side.HOME, "No fault any more");
    int records = stage.copies.awaitEnd(Side.AWAY);
    Patience.until("home to be healthy", LIMIT, () -> stage.monitor().isHealthy(DrillSite.HOME));
    stage.monitor().close(); // the operator decides from here on
    teller.checked("positions are beyond all " + records + " records there; healthy again");
  }

  private void bringHome() throws Exception {
    teller.phase("copy back what was written away");
    stage.copies.stop(Side.AWAY);
    samples().copyEnds(Side.AWAY);
    Instant from = copyFrom();
    stage.copies.start(Side.HOME, from);
    samples().copyBegins(Side.HOME);
    stage.copies.awaitPositions(Side.HOME);
    teller.checked("the copy out has stopped, the one back keeps positions, from " + from);
  }

  /** What the register says that a copy out of the active Region begins at. */
  private Instant copyFrom() throws IOException {
    return SwitchNote.of(stage.watch.current())
        .copyFrom()
        .orElseThrow(() -> new IOException("The register does not say where to copy from"));
  }

  private void failBack() throws Exception {
    teller.phase("fail back");
    long before = stage.ledger.acceptedIn(DrillSite.HOME);
    for (int attempt = 1; ; attempt++) {
      try {
        JobArguments.parse(stage.arguments.failback(), SwitchOptions.FAILBACK, FailbackCommand::new)
            .run(commands);
        break;
      } catch (IOException e) {
        if (attempt == FAILBACK_ATTEMPTS) {
          throw e;
        }
        teller.tell("not yet, it is run again: " + e.getMessage());
      }
    }
    Patience.until("the switch back", LIMIT, () -> stage.watch.isActive(DrillSite.HOME));
    Patience.until(
        "a record at home", LIMIT, () -> stage.ledger.acceptedIn(DrillSite.HOME) > before);
    back = Instant.now();
    teller.checked(
        "all is copied back, the register says "
            + DrillSite.HOME
            + ", which accepts records; "
            + stage.ledger.spooled()
            + " were kept on disk meanwhile");
  }

  private void writeAtHomeAgain() throws Exception {
    teller.phase("write in " + DrillSite.HOME + " again, and copy out again");
    stage.copies.stop(Side.HOME);
    samples().copyEnds(Side.HOME);
    stage.copies.start(Side.AWAY, copyFrom());
    samples().copyBegins(Side.AWAY);
    stage.copies.awaitPositions(Side.AWAY);
    Patience.until(
        "the last record",
        LIMIT.plusSeconds(2L * settings.records / settings.recordsPerSecond),
        () ->
            stage.producer().sent() >= settings.records
                && Duration.between(back, Instant.now()).compareTo(LEAST_AT_END) > 0);
    stage.producer().finish();
    stage.copies.awaitEnd(Side.AWAY);
    teller.checked(stage.ledger.sent() + " records sent in all, and copied");
  }

  private Samples samples() {
    Samples samples = stage.samples();
    if (samples == null) {
      throw new IllegalStateException("Nothing is written yet");
    }
    return samples;
  }
}
