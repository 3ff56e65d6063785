package dev.sluice.images.report;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterJson;
import dev.sluice.common.report.DeadLetterGroups;
import dev.sluice.common.report.FinishedLines;
import dev.sluice.images.Classification;
import dev.sluice.images.ClassificationJson;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * All that is read of a run, in memory that does not grow with its images.
 *
 * <p>Results are read twice: which folders are labels is known only when all classes that were
 * answered are.
 */
final class RunContents {
  /** Images on the contact sheet at most; keeps the page near 1.5 MB. */
  static final int SAMPLE = 200;

  /** Dead letters of one reason that are shown. */
  static final int LETTERS = 20;

  final RunTotals totals = new RunTotals();
  final Mistakes mistakes = new Mistakes();
  final Sample sample = new Sample(SAMPLE);
  final DeadLetterGroups deadLetters = new DeadLetterGroups(LETTERS, 0);

  private RunContents() {}

  static RunContents read(Run run) throws IOException {
    RunContents contents = new RunContents();
    contents.readResults(run, contents.totals::add);
    Set<String> classes = new HashSet<>(contents.totals.classes());
    classes.addAll(run.classes);
    Labels labels = new Labels(classes);
    contents.readResults(run, result -> contents.compare(result, labels));
    contents.readDeadLetters(run);
    return contents;
  }

  private void compare(Classification result, Labels labels) {
    mistakes.add(result, labels.of(result.path));
    sample.add(new SampledImage(result, labels.of(result.path)));
  }

  private interface ResultConsumer {
    void accept(Classification result);
  }

  private void readResults(Run run, ResultConsumer consumer) throws IOException {
    new FinishedLines(run.classifications, "classifications", run.start)
        .forEach(
            line -> {
              Classification result = ClassificationJson.read(line);
              if (result.classes.length == 0) {
                throw new IOException("Cannot read classification: 'top' must name a class");
              }
              if (isOf(run, result.timestamp)) {
                consumer.accept(result);
              }
            });
  }

  private void readDeadLetters(Run run) throws IOException {
    new FinishedLines(run.deadLetters, "dead-letters", run.start)
        .forEach(
            line -> {
              DeadLetter letter = DeadLetterJson.read(line);
              if (isOf(run, letter.attemptEndingTimestamp)) {
                deadLetters.add(letter);
              }
            });
  }

  private static boolean isOf(Run run, long timestamp) {
    return run.start == null || !Instant.ofEpochMilli(timestamp).isBefore(run.start);
  }
}
