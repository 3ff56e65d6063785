package dev.sluice.replication.drill;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.record.RecordVersion;
import dev.sluice.replication.AuditCommand;
import dev.sluice.replication.AuditOptions;
import dev.sluice.replication.AuditWindow;
import dev.sluice.replication.drill.report.AuditedWindow;
import dev.sluice.replication.drill.report.DrillLog;
import dev.sluice.replication.drill.report.DrillTotals;
import dev.sluice.replication.drill.report.EventKind;
import dev.sluice.replication.drill.report.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at all that is left when nothing is under way any more. */
final class Inspection {
  /** The consumer is given up when its table does not change for so long. */
  private static final Duration STANDSTILL = Duration.ofSeconds(20);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final DrillStage stage;
  private final DrillLog log;
  private final DrillTeller teller;
  private final Instant begin;

  /**
   * An inspection.
   *
   * @param begin before the first record
   */
  Inspection(DrillStage stage, DrillLog log, DrillTeller teller, Instant begin) {
    this.stage = stage;
    this.log = log;
    this.teller = teller;
    this.begin = begin;
  }

  /** Counts, compares, and gives the log all samples, windows and findings. */
  DrillTotals totals(Drill drill) throws IOException, InterruptedException {
    teller.phase("check each record in both streams and in the table, and audit");
    List<Tick> ticks = stage.ledger.ticks();
    StreamContents home = StreamContents.of(stage.site.home.records(), ticks.size());
    StreamContents away = StreamContents.of(stage.site.away.records(), ticks.size());
    DrillCheck check = awaitTable(ticks, home, away, drill);
    Samples samples = stage.samples();
    if (samples != null) {
      samples.close();
    }
    check.findings().forEach(log::finding);
    stage.ledger.failures().forEach(failure -> log.finding("The producer gave back " + failure));
    long differing = audit(Side.HOME) + audit(Side.AWAY);
    DrillTotals totals = check.totals(drill.totals()).deadLetters(deadLetters());
    if (samples != null) {
      samples.tell(log, home, away); // last: it can be told once
    }
    teller.checked(ticks.size() + " records looked up, " + differing + " windows differ");
    return totals;
  }

  private DrillCheck awaitTable(
      List<Tick> ticks, StreamContents home, StreamContents away, Drill drill)
      throws IOException, InterruptedException {
    Map<String, RecordVersion> before = Map.of();
    long changed = System.nanoTime();
    while (true) {
      Map<String, RecordVersion> table = stage.items.versions();
      DrillCheck check =
          new DrillCheck(
              ticks,
              home,
              away,
              table,
              drill.outageAt().toEpochMilli(),
              drill.healedAt().toEpochMilli());
      if (!table.equals(before)) {
        changed = System.nanoTime();
        before = table;
      }
      boolean still = System.nanoTime() - changed > STANDSTILL.toNanos();
      if (check.isTableComplete() || still) {
        return check;
      }
      Patience.pass(LOOK);
    }
  }

  /** Looks for the records of one Region in the other one. */
  private long audit(Side source) throws IOException, InterruptedException {
    String[] arguments =
        stage.arguments.audit(
            Copies.region(source), begin.minusSeconds(60), Instant.now().plusSeconds(60));
    List<AuditWindow> windows =
        JobArguments.parse(arguments, AuditOptions.ALL, AuditCommand::new).compare();
    for (AuditWindow window : windows) {
      log.audited(
          new AuditedWindow(
              source,
              window.start(),
              window.sourceRecords(),
              window.targetRecords(),
              window.repeated(),
              window.unexpected()));
    }
    long differing = windows.stream().filter(AuditWindow::differs).count();
    log.event(
        EventKind.AUDIT,
        source.other(),
        windows.size() + " windows of " + Copies.region(source) + ", " + differing + " differ");
    return differing;
  }

  private long deadLetters() throws IOException {
    Path folder = stage.arguments.deadLetters();
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    long lines = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
        lines += Files.readAllLines(file).size();
      }
    }
    return lines;
  }
}
