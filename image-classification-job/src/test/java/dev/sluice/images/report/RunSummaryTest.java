package dev.sluice.images.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.images.Classification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSummaryTest {
  @TempDir Path path;
  private RunFolder folder;

  @BeforeEach
  void create() {
    folder = new RunFolder(path);
  }

  @Test
  void hasALinePerFact() throws Exception {
    for (int i = 0; i < 8; i++) {
      Classification result = RunFolder.result("in/ring/" + i, i == 0 ? "star" : "ring", 0.9);
      result.batchSize = 4;
      folder.with(result);
    }
    folder.with(
        RunFolder.letter("in/8", "image-empty", "0 bytes"),
        RunFolder.letter("in/9", "image-corrupt", "x"),
        RunFolder.letter("in/10", "image-empty", "0 bytes"));
    org.apache.flink.core.fs.Path report =
        new org.apache.flink.core.fs.Path(path.resolve("report.html").toUri());

    RunSummary summary =
        ClassificationReport.write(folder.run().lasting(Duration.ofMillis(3_200)), report);

    assertThat(summary.text().lines())
        .containsExactly(
            "  Classified   8 images in 3.2 s (2.5/s), mean batch 4.0",
            "  Accuracy     7 of 8 (87.5 %) where the folder's name is the label",
            "  Dead letters 3: image-empty 2, image-corrupt 1",
            "  Results      " + folder.run().classifications,
            "  Report       " + report);
    assertThat(summary.images()).isEqualTo(8);
    assertThat(summary.deadLetters()).isEqualTo(3);
    assertThat(summary.imagesPerSecond()).hasValue(2.5);
  }

  @Test
  void leavesOutWhatIsNotKnown() throws Exception {
    folder.with(RunFolder.result("in/inbox/1", "ring", 0.9));

    RunSummary summary = ClassificationReport.summarize(folder.run());

    assertThat(summary.text().lines())
        .containsExactly(
            "  Classified   1 image, mean batch 1.0",
            "  Dead letters none",
            "  Results      " + folder.run().classifications);
    assertThat(summary.imagesPerSecond()).isEmpty();
  }

  @Test
  void namesTheFirstReasonsOfMany() throws Exception {
    for (int i = 0; i < 8; i++) {
      folder.with(RunFolder.letter("in/" + i, "reason-" + i, "0 bytes"));
    }

    assertThat(ClassificationReport.summarize(folder.run()).text())
        .contains("Classified   0 images\n".replace("\n", System.lineSeparator()))
        .contains("Dead letters 8: reason-0 1, ")
        .contains("reason-5 1, and 2 more reasons");
  }

  @Test
  void replacesAnEarlierReport() throws Exception {
    folder.with(RunFolder.result("in/1", "ring", 0.9));
    Files.writeString(path.resolve("report.html"), "x".repeat(1_000_000));

    assertThat(folder.page(folder.run())).startsWith("<!DOCTYPE html>").endsWith("</html>");
  }
}
