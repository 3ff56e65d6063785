package dev.sluice.images.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.images.Classification;
import dev.sluice.testing.Xml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReportPageTest {
  private static final String HOSTILE = "\"><script>alert('1')</script>&amp;<img src=x onerror=y>";

  @TempDir Path path;
  private RunFolder folder;

  @BeforeEach
  void create() {
    folder = new RunFolder(path);
  }

  @Test
  void showsHostileNamesAsText() throws Exception {
    Classification result = RunFolder.result("in/" + HOSTILE + "/1.jpg", HOSTILE, 0.9);
    result.modelName = HOSTILE;
    result.modelVersion = HOSTILE;
    result.modelSha256 = HOSTILE;
    Classification wrong = RunFolder.result("in/x/2.jpg", "ring", 0.9);
    wrong.classes[1] = "x";
    folder.with(result, wrong).with(RunFolder.letter(HOSTILE, HOSTILE, HOSTILE));

    String page = folder.page(folder.run().withOptions(HOSTILE));

    Document document = Xml.parse(page);
    assertThat(Xml.all(document, "//script")).isEmpty();
    assertThat(Xml.all(document, "//@onerror")).isEmpty();
    assertThat(page).doesNotContain("<script");
    assertThat(Xml.all(document, "//h1")).containsExactly(HOSTILE + " " + HOSTILE);
    assertThat(Xml.all(document, "//bdi[@class='path']")).containsExactly(HOSTILE);
    assertThat(Xml.all(document, "//tr[@class='reason']//code")).containsExactly(HOSTILE);
    assertThat(Xml.all(document, "//pre")).containsExactly(HOSTILE);
  }

  @Test
  void refersToNothingOutsideItself() throws Exception {
    folder
        .with(RunFolder.result("https://example.test/ring/1.jpg", "ring", 0.9))
        .with(RunFolder.letter("http://example.test/2.jpg", "image-empty", "0 bytes"));

    String page = folder.page(folder.run());

    Document document = Xml.parse(page);
    assertThat(
            Xml.all(
                document, "//*[not(self::a)]/@href | //@*[name()='xlink:href'] | //link | //base"))
        .isEmpty();
    assertThat(Xml.all(document, "//iframe")).isEmpty();
    assertThat(Xml.all(document, "//a/@href"))
        .containsExactly("#images", "#dead-letters")
        .allSatisfy(href -> assertThat(page).contains("id=\"" + href.substring(1) + "\""));
    assertThat(Xml.all(document, "//@src")).allMatch(source -> source.startsWith("data:"));
    assertThat(Xml.all(document, "//style").get(0))
        .doesNotContain("url(")
        .doesNotContain("@import");
    assertThat(Xml.all(document, "//meta[@http-equiv]/@content"))
        .containsExactly("default-src 'none'; img-src data:; style-src 'unsafe-inline'");
    Matcher markup = Pattern.compile("<[^>]*https?://[^>]*>").matcher(page);
    assertThat(markup.find()).as("an element with a URL of the network").isFalse();
  }

  @Test
  void statesTheHeadlineFigures() throws Exception {
    for (int i = 0; i < 9; i++) {
      folder.with(RunFolder.result("in/ring/" + i + ".jpg", i == 0 ? "star" : "ring", 0.9));
    }
    folder.with(RunFolder.letter("in/ring/9.jpg", "image-empty", "0 bytes"));
    Run run =
        folder.run().since(Instant.ofEpochMilli(RunFolder.TIME)).lasting(Duration.ofMillis(4_500));

    Document page = Xml.parse(folder.page(run));

    assertThat(Xml.all(page, "//dt"))
        .containsExactly(
            "Images classified", "Dead letters", "Images per second", "Mean batch", "Accuracy");
    assertThat(Xml.all(page, "//dl//dd"))
        .containsExactly("9", "1", "2.0", "1.0", "88.9 %", "8 of 9 with a known label");
    assertThat(Xml.all(page, "//h1")).containsExactly("shapes 1.2");
    assertThat(Xml.all(page, "//p[@class='facts']/span"))
        .containsExactly("SHA-256 0123456", "1 January 2026, 00:00:00 UTC", "took 4.5 s");
  }

  @Test
  void statesNoRateAndNoAccuracyThatItDoesNotKnow() throws Exception {
    folder.with(RunFolder.result("in/inbox/1.jpg", "ring", 0.9));

    Document page = Xml.parse(folder.page(folder.run()));

    assertThat(Xml.all(page, "//dt"))
        .containsExactly("Images classified", "Dead letters", "Mean batch");
    assertThat(Xml.all(page, "//li[@class='tile wrong']")).isEmpty();
    assertThat(Xml.all(page, "//h2")).doesNotContain("Mistakes");
  }

  @Test
  void marksWrongOnesAndSaysWhatTheyAre() throws Exception {
    folder.with(
        RunFolder.result("in/ring/1.jpg", "star", 0.4),
        RunFolder.result("in/ring/2.jpg", "ring", 0.9),
        RunFolder.result("in/star/3.jpg", "star", 0.8));

    Document page = Xml.parse(folder.page(folder.run()));

    assertThat(Xml.all(page, "//li[contains(@class,'tile')]/@title"))
        .containsExactly(
            "ring/1.jpg\nstar  40.0 %\nsomething else  60.0 %",
            "star/3.jpg\nstar  80.0 %\nsomething else  20.0 %",
            "ring/2.jpg\nring  90.0 %\nsomething else  10.0 %");
    assertThat(Xml.all(page, "//li[@class='tile wrong']//p[@class='badge']"))
        .containsExactly("is ring");
    assertThat(Xml.all(page, "//p[@class='badge']")).hasSize(1);
    assertThat(Xml.all(page, "//table//th[@scope='row']")).contains("ring taken for star");
  }

  @Test
  void saysThatThereIsNothing() throws Exception {
    Document page = Xml.parse(folder.page(folder.run().lasting(Duration.ZERO)));

    assertThat(Xml.all(page, "//p[@class='empty']"))
        .containsExactly("No image was classified in this run.");
    assertThat(Xml.all(page, "//h2")).containsExactly("Dead letters", "How to read this");
    assertThat(Xml.all(page, "//svg | //li[contains(@class,'tile')]")).isEmpty();
  }

  @Test
  void showsDeadLettersWithoutResults() throws Exception {
    folder.with(
        RunFolder.letter("s3://b/in/1.jpg", "image-empty", "Cannot decode 's3://b/in/1.jpg': 0"),
        RunFolder.letter("s3://b/in/2.jpg", "image-empty", "Cannot decode 's3://b/in/2.jpg': 0"),
        RunFolder.letter("s3://b/in/3.jpg", "image-corrupt", "Cannot decode 's3://b/in/3.jpg'"));

    Document page = Xml.parse(folder.page(folder.run()));

    assertThat(Xml.all(page, "//tr[@class='reason']//code"))
        .containsExactly("image-empty", "image-corrupt");
    assertThat(Xml.all(page, "//tr[@class='reason']//span[@class='pill']"))
        .containsExactly("2", "1");
    assertThat(Xml.all(page, "//bdi[@class='path']"))
        .containsExactly("s3://b/in/1.jpg", "s3://b/in/2.jpg", "s3://b/in/3.jpg");
    assertThat(Xml.all(page, "//td[2]")).contains("Cannot decode 'in/1.jpg': 0");
    assertThat(Xml.all(page, "//td[3]")).containsOnly("4.7 kB");
  }

  @Test
  void drawsABarPerBinAndNamesItsCount() throws Exception {
    for (int i = 0; i < 12; i++) {
      folder.with(RunFolder.result("in/" + i + ".jpg", "ring", i < 11 ? 0.95 : 0.15));
    }

    Document page = Xml.parse(folder.page(folder.run()));

    assertThat(Xml.all(page, "//svg[contains(@class, 'wide')]/@aria-label"))
        .containsExactly(
            "Histogram of confidence: 10–20: 1; 90–100: 11", "Histogram of batch sizes: 1: 12");
    assertThat(Xml.all(page, "//svg[contains(@class, 'wide')]/rect")).hasSize(10 + 1);
    assertThat(Xml.all(page, "//svg[contains(@class, 'wide')]/text[@class='count']"))
        .containsExactly("1", "11", "12");
  }

  @Test
  void gathersManyBatchSizesInRanges() throws Exception {
    Classification largest = RunFolder.result("in/256.jpg", "ring", 0.9);
    largest.batchSize = 256;
    folder.with(largest, RunFolder.result("in/1.jpg", "ring", 0.9));

    Document page = Xml.parse(folder.page(folder.run()));

    assertThat(Xml.all(page, "//svg[contains(@class, 'wide')]/@aria-label").get(1))
        .isEqualTo("Histogram of batch sizes: 1–16: 1; 241–256: 1");
  }

  @Test
  void isBoundedForAnyNumberOfResults() throws Exception {
    int images = 5_000;
    for (int i = 0; i < images; i++) {
      String top = "class " + i % 1_000;
      String name = i % 10 == 0 ? "class " + (i + 1) % 1_000 : top;
      folder.with(RunFolder.result("in/" + name + "/" + i + ".jpg", top, (i % 97) / 97.0));
    }

    String page = folder.page(folder.run());

    Document document = Xml.parse(page);
    assertThat(Xml.all(document, "//dl//dd"))
        .containsSequence("5,000", "0", "1.0", "90.0 %", "4,500 of 5,000 with a known label");
    assertThat(Xml.all(document, "//li[contains(@class,'tile')]")).hasSize(RunContents.SAMPLE);
    assertThat(Xml.all(document, "//div[@class='heading']/p").get(0))
        .startsWith("200 of 5,000 shown: ");
    assertThat(Xml.all(document, "//p[@class='note']"))
        .contains("And 980 more classes with 4,900 images.")
        .contains("And 92 more mistakes with 460 images.");
    assertThat(page.length()).isLessThan(300_000);
  }

  @Test
  void isTheSameForTheSameResults() throws Exception {
    folder
        .with(
            RunFolder.result("in/ring/1.jpg", "star", 0.4),
            RunFolder.result("in/ring/2.jpg", "ring", 0.9))
        .with(RunFolder.letter("in/3.jpg", "image-empty", "0 bytes"));

    assertThat(madeAtTheSameTime()).isEqualTo(madeAtTheSameTime()).contains("1 January 2026");
  }

  @Test
  void hasHeadersForItsTablesAndTextForItsImages() throws Exception {
    folder
        .with(RunFolder.result("in/ring/1.jpg", "ring", 0.4))
        .with(RunFolder.letter("in/3.jpg", "image-empty", "0 bytes"));

    Document page = Xml.parse(folder.page(folder.run()));

    assertThat(Xml.all(page, "//html/@lang")).containsExactly("en");
    assertThat(Xml.all(page, "//th[not(@scope)] | //img[not(@alt)] | //svg[not(@aria-label)]"))
        .isEmpty();
    List<String> tables = Xml.all(page, "//table");
    assertThat(Xml.all(page, "//table/thead/tr")).hasSameSizeAs(tables).isNotEmpty();
  }

  private String madeAtTheSameTime() throws IOException {
    Run run = folder.run();
    return ClassificationReport.page(
        run, RunContents.read(run), Instant.ofEpochMilli(RunFolder.TIME));
  }
}
