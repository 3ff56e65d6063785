package dev.sluice.images.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.report.DeadLetterGroups;
import dev.sluice.images.Classification;
import dev.sluice.images.ClassificationJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunContentsTest {
  @TempDir Path path;
  private RunFolder folder;

  @BeforeEach
  void create() {
    folder = new RunFolder(path);
  }

  @Test
  void countsEachResultOfAllDatesAndFiles() throws Exception {
    for (int i = 0; i < 30; i++) {
      Classification result = RunFolder.result("in/" + i + ".jpg", i < 20 ? "ring" : "star", 0.9);
      String file = "2026-01-0" + (1 + i % 3) + "/classifications-" + i % 2 + ".jsonl";
      folder.append("classifications/" + file, ClassificationJson.write(result));
    }

    RunContents contents = RunContents.read(folder.run());

    assertThat(contents.totals.images()).isEqualTo(30);
    assertThat(contents.totals.imagesByClass())
        .containsExactly(Map.entry("ring", 20L), Map.entry("star", 10L));
    assertThat(contents.sample.images()).hasSize(30);
  }

  /** Each picture of rings is taken for something else, so no answer names the class. */
  @Test
  void knowsLabelsThatTheModelNeverAnswered() throws Exception {
    folder.with(
        RunFolder.result("in/ring/1.jpg", "star", 0.9),
        RunFolder.result("in/star/2.jpg", "star", 0.9));

    RunContents without = RunContents.read(folder.run());
    RunContents with = RunContents.read(folder.run().withClasses(List.of("ring", "star")));

    assertThat(without.mistakes.labelled()).isEqualTo(1);
    assertThat(with.mistakes.labelled()).isEqualTo(2);
    assertThat(with.mistakes.wrong()).isEqualTo(1);
  }

  @Test
  void readsFinishedFilesOnly() throws Exception {
    byte[] line = ClassificationJson.write(RunFolder.result("in/1.jpg", "ring", 0.9));
    folder
        .with(RunFolder.result("in/0.jpg", "ring", 0.9))
        .append("classifications/2026-01-01/.classifications-b-0.jsonl.inprogress.1", line)
        .append("classifications/2026-01-01/.classifications-b-0.jsonl", line)
        .append("classifications/2026-01-01/_tmp_classifications-b-0.jsonl", line)
        .append("classifications/2026-01-01/classifications-b-0.jsonl.crc", line)
        .append("classifications/2026-01-01/other-b-0.jsonl", line)
        .append("classifications/_temporary/classifications-b-0.jsonl", line)
        .append("classifications/.hidden/classifications-b-0.jsonl", line);

    assertThat(RunContents.read(folder.run()).totals.images()).isEqualTo(1);
  }

  @Test
  void leavesOutWhatWasMadeBeforeTheStart() throws Exception {
    Instant start = Instant.ofEpochMilli(RunFolder.TIME);
    Classification before = RunFolder.result("in/0.jpg", "ring", 0.9);
    before.timestamp = RunFolder.TIME - 1;
    DeadLetter letterBefore = RunFolder.letter("in/2.jpg", "image-empty", "0 bytes");
    letterBefore.attemptEndingTimestamp = RunFolder.TIME - 1;
    folder
        .with(before, RunFolder.result("in/1.jpg", "ring", 0.9))
        .with(letterBefore, RunFolder.letter("in/3.jpg", "image-empty", "0 bytes"));

    RunContents contents = RunContents.read(folder.run().since(start));

    assertThat(contents.totals.images()).isEqualTo(1);
    assertThat(contents.deadLetters.total()).isEqualTo(1);
    assertThat(contents.deadLetters.rows("image-empty"))
        .extracting(row -> row.source)
        .containsExactly("in/3.jpg");
  }

  @Test
  void doesNotOpenDateFoldersLongBeforeTheStart() throws Exception {
    folder
        .append("classifications/2025-12-30/classifications-a.jsonl", "not JSON".getBytes(UTF_8))
        .with(RunFolder.result("in/1.jpg", "ring", 0.9));

    RunContents contents =
        RunContents.read(folder.run().since(Instant.ofEpochMilli(RunFolder.TIME)));

    assertThat(contents.totals.images()).isEqualTo(1);
  }

  @Test
  void putsConfidencesIntoTenBins() throws Exception {
    double[] confidences = {0, 0.05, 0.1, 0.29, 0.3, 0.7, 0.899, 0.9, 0.99, 1};
    for (double confidence : confidences) {
      folder.with(RunFolder.result("in/" + confidence + ".jpg", "ring", confidence));
    }

    long[] bins = RunContents.read(folder.run()).totals.confidence();

    assertThat(bins).containsExactly(2, 1, 1, 1, 0, 0, 0, 1, 1, 3);
  }

  @Test
  void countsForwardPassesAndNotTheirImages() throws Exception {
    int[] batches = {16, 16, 16, 3, 1};
    for (int batch = 0; batch < batches.length; batch++) {
      for (int i = 0; i < batches[batch]; i++) {
        Classification result = RunFolder.result("in/" + batch + "-" + i, "ring", 0.9);
        result.batchSize = batches[batch];
        folder.with(result);
      }
    }

    RunTotals totals = RunContents.read(folder.run()).totals;

    assertThat(totals.batchesBySize()).containsExactly(entry(1, 1L), entry(3, 1L), entry(16, 3L));
    assertThat(totals.meanBatch()).isCloseTo(52 / 5.0, within(1e-9));
  }

  @Test
  void comparesWithFoldersThatAreClassesOfTheRun() throws Exception {
    Classification onlySecond = RunFolder.result("in/triangle/1.jpg", "ring", 0.9);
    onlySecond.classes[1] = "triangle";
    folder.with(
        RunFolder.result("in/ring/1.jpg", "ring", 0.9),
        RunFolder.result("in/ring/2.jpg", "star", 0.9),
        RunFolder.result("in/inbox/3.jpg", "star", 0.9),
        onlySecond);

    RunContents contents = RunContents.read(folder.run());

    assertThat(contents.mistakes.labelled()).isEqualTo(3);
    assertThat(contents.mistakes.right()).isEqualTo(1);
    assertThat(contents.mistakes.ranked())
        .containsExactly(
            Map.entry("ring taken for star", 1L), Map.entry("triangle taken for ring", 1L));
  }

  @Test
  void namesFileAndLineOfWhatCannotBeRead() throws Exception {
    folder
        .with(RunFolder.result("in/1.jpg", "ring", 0.9))
        .append(
            "classifications/" + RunFolder.DATE + "/classifications-a-0.jsonl",
            "{\"path\":\"in/2".getBytes(UTF_8));

    assertThatThrownBy(() -> RunContents.read(folder.run()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot read line 2 of 'file:")
        .hasMessageContaining("classifications-a-0.jsonl");
  }

  @Test
  void refusesAResultWithoutAClass() throws Exception {
    Classification result = RunFolder.result("in/1.jpg", "ring", 0.9);
    result.classes = new String[0];
    folder.with(result);

    assertThatThrownBy(() -> RunContents.read(folder.run()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'top' must name a class");
  }

  @Test
  void boundsTheRowsOfAReasonAndCountsThemAll() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      folder.with(RunFolder.letter(String.format("in/%04d.jpg", i), "image-empty", "0 bytes"));
    }
    folder.with(RunFolder.letter("in/a.jpg", "image-corrupt", "x".repeat(10_000)));

    DeadLetterGroups letters = RunContents.read(folder.run()).deadLetters;

    assertThat(letters.total()).isEqualTo(1_001);
    assertThat(letters.countsByReason())
        .containsExactly(Map.entry("image-empty", 1_000L), Map.entry("image-corrupt", 1L));
    assertThat(letters.rows("image-empty")).hasSize(RunContents.LETTERS);
    assertThat(letters.rows("image-empty").get(0).source).isEqualTo("in/0000.jpg");
    assertThat(letters.rows("image-corrupt").get(0).message).hasSizeLessThan(500);
  }

  @Test
  void boundsTheReasons() throws Exception {
    DeadLetterGroups letters = new DeadLetterGroups(20, 0);
    for (int i = 0; i < 10_000; i++) {
      letters.add(RunFolder.letter("in/" + i, "code-" + i, "0 bytes"));
    }

    assertThat(letters.countsByReason()).hasSize(DeadLetterGroups.REASONS + 1);
    assertThat(letters.countsByReason().get(0))
        .isEqualTo(Map.entry(DeadLetterGroups.OTHER, 10_000L - DeadLetterGroups.REASONS));
  }

  @Test
  void isEmptyWithoutFolders() throws Exception {
    Files.delete(path);

    RunContents contents = RunContents.read(folder.run());

    assertThat(contents.totals.images()).isZero();
    assertThat(contents.totals.meanBatch()).isZero();
    assertThat(contents.totals.model()).isEmpty();
    assertThat(contents.deadLetters.total()).isZero();
    Files.createDirectories(path);
  }
}
