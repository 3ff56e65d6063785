package dev.sluice.common.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.testing.Xml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class PageTest {
  private static final String HOSTILE = "\"><script>alert('1')</script>&amp;<img src=x onerror=y>";
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  @Test
  void showsHostileTextAsText() throws Exception {
    DeadLetterGroups letters = new DeadLetterGroups(1, 200);
    letters.add(letter(HOSTILE, HOSTILE));
    Page page =
        new Page(HOSTILE, HOSTILE)
            .fact(HOSTILE)
            .remark(HOSTILE)
            .figure(HOSTILE, HOSTILE, HOSTILE)
            .add(
                new Section(
                    "a",
                    HOSTILE,
                    HOSTILE,
                    Table.of(HOSTILE, HOSTILE).row(HOSTILE, Cell.text(HOSTILE))))
            .add(Card.row(new Card(HOSTILE, HOSTILE, html -> html.text(HOSTILE))))
            .add(new DeadLetterTable(letters, "record", HOSTILE, ""))
            .explain(HOSTILE)
            .options(HOSTILE);

    String html = page.html(MADE);

    Document document = Xml.parse(html);
    assertThat(html).doesNotContain("<script").doesNotContain("<img");
    assertThat(Xml.all(document, "//h1")).containsExactly(HOSTILE);
    assertThat(Xml.all(document, "//code[@class='payload']")).containsExactly(HOSTILE);
    assertThat(Xml.all(document, "//pre")).containsExactly(HOSTILE);
    assertThat(Xml.all(document, "//td/bdi")).contains(HOSTILE);
  }

  @Test
  void refersToNothingOutsideItself() throws Exception {
    String html = new Page("job", "title").linked("a", "1", "there").html(MADE);

    Document document = Xml.parse(html);
    assertThat(Xml.all(document, "//@href")).containsExactly("#there");
    assertThat(Xml.all(document, "//link | //script | //iframe | //base | //@src")).isEmpty();
    String css = Xml.all(document, "//style").get(0);
    assertThat(css).doesNotContain("url(").doesNotContain("@import");
    assertThat(Xml.all(document, "//meta[@http-equiv]/@content"))
        .containsExactly("default-src 'none'; img-src data:; style-src 'unsafe-inline'");
  }

  /** A colour that is set for light only would be unreadable in the dark. */
  @Test
  void eachColourIsSetForLightDarkAndPaper() throws Exception {
    String css = Xml.all(Xml.parse(new Page("job", "title").html(MADE)), "//style").get(0);
    List<String> used = new ArrayList<>();
    Matcher variable = Pattern.compile("var\\((--[a-z0-9-]+)\\)").matcher(css);
    while (variable.find()) {
      used.add(variable.group(1));
    }

    assertThat(used)
        .contains("--accent", "--c6")
        .filteredOn(name -> !name.equals("--colour"))
        .allSatisfy(name -> assertThat(css.split(name + ": #", -1)).as(name).hasSize(4));
  }

  @Test
  void isWrittenAsAFileInPlaceOfAnother() throws Exception {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "x".repeat(100_000));
    String html = new Page("job", "Ü").html(MADE);

    Page.write(html, new org.apache.flink.core.fs.Path(file.toUri()));

    assertThat(Files.readString(file)).isEqualTo(html);
  }

  @Test
  void emptyPartsLeaveNothingBehind() throws Exception {
    Document page = Xml.parse(new Page("job", "title").options("  ").html(MADE));

    assertThat(Xml.all(page, "//dl | //ul | //details | //p[@class='facts'] | //h2")).isEmpty();
    assertThat(Xml.all(page, "//footer/p"))
        .containsExactly("Made by Sluice on 1 January 2026, 00:00:00 UTC.");
  }

  @Test
  void tablesNameTheirRowsAndColumns() throws Exception {
    Table table = Table.of("Name", "Share", "Bytes").row("a", Cell.bar(2), Cell.number("1 B"));

    Document page = Xml.parse(new Page("job", "title").add(table).html(MADE));

    assertThat(Xml.all(page, "//th[@scope='col']")).containsExactly("Name", "Share", "Bytes");
    assertThat(Xml.all(page, "//th[@scope='row']")).containsExactly("a");
    assertThat(Xml.all(page, "//th[@scope='col'][3]/@class")).containsExactly("number");
    assertThat(Xml.all(page, "//td//@style")).containsExactly("width:100.0%");
    assertThatThrownBy(() -> table.row("b", Cell.number("1 B")))
        .hasMessage("A row must have 3 cells, but has 2");
  }

  @Test
  void deadLettersWithoutAPayloadToShowHaveNone() throws Exception {
    DeadLetterGroups letters = new DeadLetterGroups(2, 3);
    letters.add(letter("b", "12345"));
    letters.add(letter("c", "123"));
    letters.add(letter("a", ""));

    Document page =
        Xml.parse(
            new Page("job", "title")
                .add(new DeadLetterTable(letters, "record", "not written", "None."))
                .html(MADE));

    assertThat(Xml.all(page, "//code[@class='payload']")).containsExactly("123…");
    assertThat(Xml.all(page, "//bdi[@class='path']")).containsExactly("a", "b");
    assertThat(Xml.all(page, "//span[@class='pill']")).containsExactly("3");
    assertThat(Xml.all(page, "//div[@class='heading']/p"))
        .containsExactly("3 records not written, for 1 reason.");
    assertThat(letters.inOneLine(3)).isEqualTo("3: code 3");
  }

  private static DeadLetter letter(String source, String payload) {
    return DeadLetter.builder("stage", "code", source)
        .from(source, 3)
        .carrying(payload.getBytes(StandardCharsets.UTF_8))
        .at(0)
        .build();
  }
}
