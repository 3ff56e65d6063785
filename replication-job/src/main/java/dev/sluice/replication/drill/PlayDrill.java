package dev.sluice.replication.drill;

import dev.sluice.replication.drill.report.DrillLog;
import dev.sluice.replication.drill.report.DrillReport;
import dev.sluice.replication.drill.report.DrillSummary;
import dev.sluice.replication.drill.report.DrillTotals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Plays a drill from the first server to the page: writes at home, loses home, lets the monitor
 * fail over, writes away, heals, brings home what was written away, fails back, and compares what
 * the producer was told with both streams and the consumer's table, record by record.
 */
public final class PlayDrill {
  private final DrillSettings settings;
  private final DrillJobs jobs;
  private final Path work;
  private final PrintStream out;

  /**
   * A drill that is about to begin.
   *
   * @param jobs where its jobs run
   * @param work a folder that they reach
   */
  public PlayDrill(DrillSettings settings, DrillJobs jobs, Path work, PrintStream out) {
    this.settings = settings;
    this.jobs = jobs;
    this.work = work;
    this.out = out;
  }

  /**
   * Plays it, and prints what comes of it.
   *
   * @throws Exception if it cannot be played to its end; the page is written all the same
   */
  public DrillResult run() throws Exception {
    Files.createDirectories(settings.output);
    DrillLog log = new DrillLog(DrillSite.HOME, DrillSite.AWAY, Clock.systemUTC());
    log.options(settings.words);
    Ending ending = new Ending();
    try (PrintStream commands = open(settings.output.resolve("commands.log"))) {
      play(log, commands, ending);
    } catch (Exception e) {
      log.interrupted(String.valueOf(e.getMessage()));
      result(log, ending);
      throw e;
    }
    return result(log, ending);
  }

  private static PrintStream open(Path file) throws IOException {
    return new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
  }

  private void play(DrillLog log, PrintStream commands, Ending ending) throws Exception {
    DrillTeller teller = new DrillTeller(log, out);
    Instant begin = Instant.now();
    teller.phase("start two Regions, a third one for tables, and the jobs");
    try (DrillStage stage = new DrillStage(settings, jobs, work, log, commands)) {
      teller.checked(
          "a copy from " + DrillSite.HOME + " to " + DrillSite.AWAY + ", a consumer in each");
      Drill drill = new Drill(settings, stage, teller, log, commands);
      boolean played = false;
      try {
        drill.play();
        ending.seenAfter = drill.seenAfter();
        ending.totals = new Inspection(stage, log, teller, begin).totals(drill);
        played = true;
      } finally {
        Samples samples = stage.samples();
        if (!played && samples != null) {
          ending.totals = drill.totals();
          samples.tell(log, null, null);
        }
      }
    }
  }

  private DrillResult result(DrillLog log, Ending ending) throws IOException {
    Path page = settings.output.resolve("report.html").toAbsolutePath();
    DrillSummary summary =
        DrillReport.write(log.run(ending.totals), new org.apache.flink.core.fs.Path(page.toUri()));
    DrillResult result = new DrillResult(summary, ending.totals, ending.seenAfter);
    out.println();
    out.print(result.text());
    return result;
  }

  /** What is known at the end, however that came. */
  private static final class Ending {
    private DrillTotals totals = DrillTotals.NONE;
    private Duration seenAfter = Duration.ZERO;
  }
}
