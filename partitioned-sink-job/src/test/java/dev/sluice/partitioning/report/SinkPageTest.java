package dev.sluice.partitioning.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.partitioning.prefix.PathEscaping;
import dev.sluice.testing.Xml;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class SinkPageTest {
  private static final String HOSTILE = "\"><script>alert('1')</script>&amp;<img src=x onerror=y>";
  private static final String WIDE = "//svg[contains(@class, 'wide')]";

  @TempDir Path path;
  private SinkFolder folder;

  @BeforeEach
  void create() {
    folder = new SinkFolder(path);
  }

  @Test
  void statesTheHeadlineFigures() throws Exception {
    folder
        .object("customer_id=1/day=1/", 1_000)
        .object("customer_id=1/day=1/", 500)
        .object("customer_id=2/day=1/", 300)
        .deadLetter("no-key", "events.jsonl/1", "{}");

    Document page = Xml.parse(folder.page(folder.run().lasting(Duration.ofSeconds(9))));

    assertThat(Xml.all(page, "//h1")).containsExactly("1,800 records in 2 partitions");
    assertThat(Xml.all(page, "//dt"))
        .containsExactly("Records written", "Dead letters", "Partitions", "Objects", "Size");
    assertThat(Xml.all(page, "//dl//dd"))
        .containsExactly("1,800", "200.0 per second", "1", "2", "3", "18.0 kB");
  }

  @Test
  void drawsPartitionsByTheirBytesTogetherByTheirFirstLevel() throws Exception {
    folder
        .object("data/customer_id=1/device=mobile/day=1/", 30)
        .object("data/customer_id=1/device=tv/day=1/", 20)
        .object("data/customer_id=2/device=mobile/day=2/", 10);

    Document page = Xml.parse(folder.page(folder.run()));

    assertThat(Xml.all(page, WIDE + "/text[contains(@class, 'group')]")).containsExactly("1", "2");
    assertThat(Xml.all(page, "//ul[@class='legend']/li")).containsExactly("mobile", "tv");
    assertThat(Xml.all(page, WIDE + "/rect[starts-with(@class, 'tile')]/title"))
        .containsExactly(
            "data/customer_id=1/device=mobile/day=1/\n30 records, 1 object, 300 B",
            "data/customer_id=1/device=tv/day=1/\n20 records, 1 object, 200 B",
            "data/customer_id=2/device=mobile/day=2/\n10 records, 1 object, 100 B");
    assertThat(Xml.all(page, "//section[@id='partitions']//p"))
        .containsExactly("By bytes, together by customer_id, in colours by device.");
    assertThat(Xml.all(page, "//div[@class='card'][h2='Largest partitions']/p"))
        .containsExactly("The largest has 50.0 % of all bytes, 1.5 times the mean.");
  }

  @Test
  void showsHostileNamesAsText() throws Exception {
    String prefix = "customer_id=" + PathEscaping.escape(HOSTILE) + "/";
    folder.object(prefix, 1).object("customer_id=2/", 1).deadLetter(HOSTILE, HOSTILE, HOSTILE);

    String html = folder.page(folder.run().withOptions(HOSTILE).counted(2, Map.of(HOSTILE, 2L)));

    Document page = Xml.parse(html);
    assertThat(html).doesNotContain("<script").doesNotContain("<img");
    assertThat(Xml.all(page, "//th[@scope='row']")).contains(prefix, HOSTILE);
    assertThat(Xml.all(page, "//tr[@class='reason']//code")).containsExactly(HOSTILE);
    assertThat(Xml.all(page, "//code[@class='payload']")).containsExactly(HOSTILE);
    assertThat(Xml.all(page, "//pre")).containsExactly(HOSTILE);
  }

  @Test
  void linksLeadToPartsOfThePage() throws Exception {
    folder.object("a/", 1).deadLetter("no-key", "events.jsonl/1", "{}");

    String html = folder.page(folder.run());

    assertThat(Xml.all(Xml.parse(html), "//a/@href"))
        .containsExactly("#dead-letters", "#partitions", "#objects")
        .allSatisfy(href -> assertThat(html).contains("id=\"" + href.substring(1) + "\""));
  }

  @Test
  void isBoundedForAnyNumberOfPartitionsAndStillCountsThemAll() throws Exception {
    int partitions = 1_500;
    for (int i = 0; i < partitions; i++) {
      folder.object("customer_id=" + i + "/", 1 + i % 7);
    }

    String html = folder.page(folder.run());

    Document page = Xml.parse(html);
    assertThat(Xml.all(page, "//h1")).containsExactly("5,995 records in 1,500 partitions");
    assertThat(Xml.all(page, WIDE + "/rect[contains(@class, 'rest')]/title"))
        .singleElement()
        .asString()
        .startsWith("900 smaller partitions");
    assertThat(Xml.all(page, "//p[@class='note']")).contains("And 1,492 more.");
    assertThat(html.length()).isLessThan(400_000);
  }

  @Test
  void saysWhyObjectsEnded() throws Exception {
    folder.object("a/", 1);

    Document page =
        Xml.parse(folder.page(folder.run().counted(1, Map.of("age", 3L, "size", 4L, "end", 0L))));

    assertThat(Xml.all(page, "//div[@class='card'][h2='Why objects ended']//tbody/tr"))
        .containsExactly("size4", "age3");
  }

  @Test
  void summaryTellsTheSameInFiveLines() throws Exception {
    folder.object("a/", 1_000).object("b/", 800).deadLetter("no-key", "events.jsonl/1", "{}");

    SinkRun run = folder.run().lasting(Duration.ofSeconds(9));
    SinkSummary summary = new SinkSummary(run, SinkContents.read(run), run.root);

    assertThat(summary.text().lines())
        .containsExactly(
            "  Written      1,800 records in 9.0 s (200.0/s)",
            "  Objects      2 in 2 partitions, 18.0 kB",
            "  Dead letters 1: no-key 1",
            "  Output       " + run.root,
            "  Report       " + run.root);
  }

  @Test
  void saysThatThereIsNothing() throws Exception {
    Document page = Xml.parse(folder.page(folder.run().lasting(Duration.ZERO)));

    assertThat(Xml.all(page, "//p[@class='empty']"))
        .containsExactly("No record was written to a partition in this run.");
    assertThat(Xml.all(page, "//svg")).isEmpty();
    assertThat(Xml.all(page, "//h1")).containsExactly("no results");
  }

  @Test
  void marksFiguresThatAreNotExact() throws Exception {
    folder.object("a/", 10).object("b/", 20).deadLetter("no-key", "events.jsonl/1", "{}");
    SinkRun run = folder.run().counted(31, Map.of());
    SinkContents listed = SinkContents.read(run, 4, Long.MAX_VALUE);
    SinkContents unread = SinkContents.read(run, FinishedObjects.MOST, 150);

    Document cut = Xml.parse(SinkReport.page(run, listed, Instant.EPOCH));
    Document blind = Xml.parse(SinkReport.page(run, unread, Instant.EPOCH));

    assertThat(Xml.all(cut, "//dl//dd")).containsExactly("~31", "≥ 0", "≥ 1", "≥ 1", "≥ 100 B");
    assertThat(Xml.all(blind, "//dl//dd")).containsExactly("~31", "≥ 0", "2", "2", "300 B");
    assertThat(new SinkSummary(run, unread, null).text())
        .contains("about 31 records")
        .contains("Dead letters none, and those of 1 object unread");
  }
}
