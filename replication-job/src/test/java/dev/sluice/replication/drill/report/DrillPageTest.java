package dev.sluice.replication.drill.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Xml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class DrillPageTest {
  private static final String HOSTILE = "\"><script>alert('1')</script>&amp;<img src=x onerror=y>";
  private static final String WIDE = "//svg[contains(@class, 'wide')]";

  @Test
  void saysInOneSentenceWhatHappenedAndShowsTheFigures() throws Exception {
    Document page = page(Drills.played().run(Drills.GOOD));

    assertThat(Xml.all(page, "//h1[not(@class)]"))
        .containsExactly(
            "us-west-2 was lost for 31.0 s; writing went on in us-east-2 after 8.4 s; 0 of 12,000"
                + " records lost");
    assertThat(Xml.all(page, "//dt"))
        .containsExactly("Detection", "RTO", "RPO", "Lost", "Repeated", "Out of order");
    assertThat(Xml.all(page, "//dl//dd[not(@class)]"))
        .containsExactly("7.1 s", "8.4 s", "96", "0", "431", "0");
    assertThat(Xml.all(page, "//dl//dd[@class='note']"))
        .contains("records not yet away when the outage began, 0.5 s behind");
    assertThat(Xml.all(page, "//*[contains(@class, 'faults')]")).isEmpty();
    assertThat(Xml.all(page, "//dl/div[contains(@class, 'wrong')]")).isEmpty();
  }

  @Test
  void drawsTheStatesOfBothRegionsAsTheEventsMadeThem() throws Exception {
    Document page = page(Drills.played().run(Drills.GOOD));

    assertThat(Xml.all(page, WIDE + "/rect[starts-with(@class, 'state')]/title"))
        .containsExactly(
            "active, 0:00 to 0:20",
            "broken, still active, 0:20 to 0:27",
            "broken, 0:27 to 0:51",
            "standby, 0:51 to 1:16",
            "active, 1:16 to 1:36",
            "standby, 0:00 to 0:27",
            "active, 0:27 to 1:12",
            "fenced, 1:12 to 1:16",
            "standby, 1:16 to 1:36");
    assertThat(Xml.all(page, WIDE + "/rect[@class='span']")).hasSize(2);
    assertThat(Xml.all(page, WIDE + "/text[starts-with(@class, 'group')]"))
        .containsExactly("us-west-2", "us-east-2", "RTO 8.4 s", "fenced 4.5 s");
    assertThat(Xml.all(page, WIDE + "/text[starts-with(@class, 'event')]"))
        .containsExactly(
            "copy out starts",
            "outage",
            "detected",
            "switched",
            "healed",
            "copy out ends",
            "copy back starts",
            "fence up",
            "failed back",
            "copy back ends",
            "audit");
    assertThat(Xml.all(page, WIDE + "/circle/title"))
        .contains(
            "outage, us-west-2\n0:20.0, 10 January 2026, 12:00:20 UTC\nevery request is refused");
  }

  @Test
  void tellsEachStepWithItsTimeAndCheck() throws Exception {
    Document page = page(Drills.played().run(Drills.GOOD));

    assertThat(Xml.all(page, "//section[@id='steps']//tbody/tr"))
        .hasSize(10)
        .contains("fail over0:27.11.3 sa record of epoch 2 was accepted in us-east-2");
    assertThat(Xml.all(page, "//div[h2='How the time went']//tbody/tr"))
        .containsExactly(
            "Outage to detection7.1 s",
            "Detection to switch0.8 s",
            "Switch to first record0.5 s",
            "Fence to failback4.5 s");
  }

  @Test
  void aLossIsTheHeadlineAndSaysWhereToLook() throws Exception {
    DrillLog log = Drills.played();
    Drills.audited(log);
    log.audited(new AuditedWindow(Side.AWAY, Drills.START.plusSeconds(60), 1_300, 1_297, 0, 1));
    log.finding("First of those lost: key 'ticker-17'");
    DrillRun run = log.run(Drills.GOOD.lost(3).inTable(11_997).outOfOrder(2));

    Document page = page(run);

    assertThat(Xml.all(page, "//h1[@class='wrong']"))
        .containsExactly(
            "3 of 12,000 records lost; 2 records are out of order; 1 window of the audit differs;"
                + " us-west-2 was lost for 31.0 s");
    assertThat(Xml.all(page, "//dl/div[@class='wrong']/dd[1]")).containsExactly("3", "2");
    assertThat(Xml.all(page, "//ul[@class='faults']/li"))
        .hasSize(4)
        .anySatisfy(fault -> assertThat(fault).contains("the audit").contains("dead letters"))
        .contains("First of those lost: key 'ticker-17'");
    assertThat(Xml.all(page, "//section[@id='audit']//tbody/tr[1]"))
        .containsExactly("12:01:00us-east-21,3001,297301differs");
    assertThat(new DrillSummary(run, new org.apache.flink.core.fs.Path("p")).isGood()).isFalse();
  }

  @Test
  void whatDoesNotAddUpIsWrong() throws Exception {
    DrillRun missing = Drills.played().run(Drills.GOOD.inTable(11_990));
    DrillRun uncounted = Drills.played().run(DrillTotals.NONE);
    DrillRun kept = Drills.played().run(Drills.GOOD.deadLetters(1));

    assertThat(Xml.all(page(missing), "//ul[@class='faults']/li"))
        .singleElement()
        .asString()
        .endsWith("the difference is 10.");
    assertThat(Xml.all(page(uncounted), "//h1[@class='wrong']"))
        .singleElement()
        .asString()
        .startsWith("It is not known whether records are lost");
    assertThat(Xml.all(page(uncounted), "//dl//dd[not(@class)]")).containsOnly("–");
    assertThat(Xml.all(page(kept), "//ul[@class='faults']/li"))
        .containsExactly("1 record is kept as dead letters: each has its reason.");
  }

  @Test
  void aDrillThatWasInterruptedShowsWhatHappenedUntilThen() throws Exception {
    DrillLog log = Drills.playedUntil(24_000);
    log.interrupted("java.io.IOException: no answer");

    Document page = page(log.run(DrillTotals.NONE));

    assertThat(Xml.all(page, "//h1[@class='wrong']"))
        .containsExactly(
            "The drill was interrupted in 'detect'; us-west-2 was lost; writing did not go on"
                + " elsewhere");
    assertThat(Xml.all(page, "//ul[@class='faults']/li"))
        .containsExactly("The drill was interrupted in 'detect': java.io.IOException: no answer");
    assertThat(Xml.all(page, "//section[@id='steps']//tbody/tr"))
        .hasSize(3)
        .endsWith("detect0:20.4not donejava.io.IOException: no answer");
    assertThat(Xml.all(page, WIDE + "/rect[starts-with(@class, 'state')]/title"))
        .contains("broken, still active, 0:20 to 0:24");
  }

  @Test
  void aDrillWithoutSamplesStillShowsStates() throws Exception {
    DrillLog log = new DrillLog("a", "b", dev.sluice.testing.FakeClock.at(Drills.START));
    log.event(
        new DrillEvent(Drills.START.plusSeconds(1), EventKind.OUTAGE, Side.HOME, "cable cut"));
    DrillRun never = new DrillRun(log, Drills.START, DrillTotals.NONE);
    DrillRun later = new DrillRun(log, Drills.START.plusSeconds(5), DrillTotals.NONE);

    assertThat(Xml.all(page(never), "//svg")).isEmpty();
    assertThat(Xml.all(page(later), WIDE + "/rect[starts-with(@class, 'state')]/title"))
        .containsExactly(
            "active, 0:00 to 0:01", "broken, still active, 0:01 to 0:05", "standby, 0:00 to 0:05");
    assertThat(Xml.all(page(later), WIDE + "/path")).isEmpty();
    assertThat(Xml.all(page(later), "//section[@id='timeline']//p"))
        .containsExactly("States and events; no throughput was measured.");
  }

  @Test
  void showsHostileTextAsText() throws Exception {
    DrillLog log = Drills.played(HOSTILE, HOSTILE + "2");
    log.options(HOSTILE);
    log.phase(HOSTILE);
    log.event(EventKind.AUDIT, Side.HOME, HOSTILE);
    log.finding(HOSTILE);
    log.interrupted(HOSTILE);

    String html = DrillReport.page(log.run(Drills.GOOD), Instant.EPOCH);

    Document page = Xml.parse(html);
    assertThat(html).doesNotContain("<script").doesNotContain("<img");
    assertThat(Xml.all(page, "//pre")).containsExactly(HOSTILE);
    assertThat(Xml.all(page, "//ul[@class='faults']/li")).contains(HOSTILE);
    assertThat(Xml.all(page, "//section[@id='steps']//th[@scope='row']")).contains(HOSTILE);
    assertThat(Xml.all(page, "//section[@id='events']//td")).contains(HOSTILE, HOSTILE + "2");
  }

  @Test
  void anHourOfSamplesIsDrawnInBoundedSpaceWithItsPeak() throws Exception {
    DrillLog log = Drills.slow(38);
    log.sample(Side.HOME, DrillSample.of(Drills.START.plusSeconds(3_649), 9_000, 0));
    for (int i = 0; i < 500; i++) {
      log.audited(new AuditedWindow(Side.HOME, Drills.START.plusSeconds(i), 9, 9, 0, 0));
    }
    DrillRun run = log.run(Drills.GOOD);

    String html = DrillReport.page(run, Instant.EPOCH);

    Document page = Xml.parse(html);
    assertThat(run.homeSamples).hasSizeGreaterThan(3_600);
    assertThat(html.length()).isLessThan(250_000);
    assertThat(Xml.all(page, WIDE + "/text[@class='end']")).contains("10,000");
    assertThat(Xml.all(page, WIDE + "/text[@class='tick']")).contains("5:00", "1:00:00");
    assertThat(Xml.all(page, "//section[@id='audit']/p")).contains("And 476 more that are equal.");
  }

  @Test
  void eventsThatComeLateStandInTheirOrder() throws Exception {
    DrillLog log = Drills.played();
    log.event(
        new DrillEvent(Drills.START.plusSeconds(22), EventKind.AUDIT, Side.AWAY, "seen later"));

    Document page = page(log.run(Drills.GOOD));

    assertThat(Xml.all(page, "//section[@id='events']//tbody/tr"))
        .containsSubsequence(
            "0:20.0us-west-2outageevery request is refused",
            "0:22.0us-east-2auditseen later",
            "0:27.1us-west-2detectedputs fail: 51 % of the last 10 s");
  }

  @Test
  void writesThePageAndSumsItUp(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("drill.html");

    DrillSummary good =
        DrillReport.write(
            Drills.played().run(Drills.GOOD.backlog(0, Duration.ZERO)),
            new org.apache.flink.core.fs.Path(file.toUri()));
    DrillSummary bad =
        DrillReport.write(
            Drills.played().run(Drills.GOOD.lost(1).inTable(11_999)),
            new org.apache.flink.core.fs.Path(file.toUri()));

    assertThat(good.isGood()).isTrue();
    assertThat(good.text().lines())
        .containsExactly(
            "  us-west-2 was lost for 31.0 s; writing went on in us-east-2 after 8.4 s; 0 of 12,000"
                + " records lost",
            "  Report  " + new org.apache.flink.core.fs.Path(file.toUri()));
    assertThat(bad.text()).startsWith("  1 of 12,000 records lost").contains("  WRONG   1 of");
    assertThat(Files.readString(file)).contains("class=\"faults\"").contains("</html>");
  }

  private static Document page(DrillRun run) throws Exception {
    return Xml.parse(DrillReport.page(run, Instant.EPOCH));
  }
}
