package dev.sluice.benchmarks.images;

import dev.sluice.benchmarks.measure.Measurement;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** The tables, in Markdown. */
final class ImageClassificationReport {
  private static final double GOAL_OF_BARE = 0.92;
  private static final double GOAL_MEAN_BATCH = 12;

  private final StringBuilder text = new StringBuilder();

  String text() {
    return text.toString();
  }

  void machine(List<String> machine, int rounds, String heap) {
    line("# Image classification: figures");
    line("");
    line("Written by `./benchmarks/run image-classification`; `../README.md` says how to read it.");
    line("");
    line("- date: %s", LocalDate.now(ZoneOffset.UTC));
    machine.forEach(item -> line("- %s", item));
    line(
        "- versions: Flink %s, DJL %s, PyTorch %s",
        EnvironmentInformation.getVersion(),
        ai.djl.engine.Engine.getDjlVersion(),
        System.getProperty("sluice.benchmarks.pytorch", "of the JAR"));
    line("- model: ResNet-18, 11.7 million random parameters, 224 x 224, 1,000 classes");
    line(
        "- %d rounds, contestants in turn, each in a JVM of its own with %s; median (least – greatest)",
        rounds, heap);
  }

  void compared(Comparison comparison) throws IOException {
    line("");
    line("## %s", comparison.workload().name());
    line("");
    line(
        "%s. Load average before the first round: %.2f.",
        comparison.workload().describe(), comparison.load());
    line("");
    line("| contestant | images per CPU second | images per second | peak MiB | images a batch |");
    line("| --- | --- | --- | --- | --- |");
    comparison
        .series()
        .forEach(
            (entrant, taken) ->
                line(
                    "| %s | %s | %s | %s | %s |",
                    entrant.name(),
                    taken.show(Measurement::perCpuSecond, 2),
                    taken.show(Measurement::perSecond, 2),
                    taken.show(Measurement::peakMebibytes, 0),
                    taken.show(Measurement::meanBatch, 1)));
    line("");
    goals(comparison);
    line("");
    line("How the bare loop's settings were chosen (medians):");
    line("");
    line("| setting | images per CPU second | images per second |");
    line("| --- | --- | --- |");
    comparison
        .calibration()
        .forEach(
            (entrant, taken) ->
                line(
                    "| %s | %.2f | %.2f |",
                    entrant.name(),
                    taken.median(Measurement::perCpuSecond),
                    taken.median(Measurement::perSecond)));
  }

  /** Ratios are medians over the rounds, of two contestants in the same round. */
  private void goals(Comparison comparison) {
    line("| sluice against | ratio | goal | |");
    line("| --- | --- | --- | --- |");
    byCpu(comparison, comparison.cheapest(), GOAL_OF_BARE);
    byTime(comparison, comparison.fastest(), GOAL_OF_BARE);
    for (Entrant windowed : List.of(Entrant.WINDOWED, Entrant.WINDOWED_ONE_THREAD)) {
      byCpu(comparison, windowed, comparison.workload().goalOverWindowed());
      byTime(comparison, windowed, comparison.workload().goalOverWindowed());
    }
    double batch = comparison.of(Entrant.SLUICE).median(Measurement::meanBatch);
    line(
        "| images a batch | %.1f | %.0f | %s |",
        batch, GOAL_MEAN_BATCH, met(batch, GOAL_MEAN_BATCH));
  }

  private void byCpu(Comparison comparison, Entrant other, double goal) {
    ratio(comparison, other, "per CPU second", Measurement::perCpuSecond, goal);
  }

  private void byTime(Comparison comparison, Entrant other, double goal) {
    ratio(comparison, other, "per second", Measurement::perSecond, goal);
  }

  private void ratio(
      Comparison comparison,
      Entrant other,
      String per,
      ToDoubleFunction<Measurement> figure,
      double goal) {
    double ratio = comparison.of(Entrant.SLUICE).medianRatio(comparison.of(other), figure);
    line("| %s, images %s | %.3f | %.2f | %s |", other.name(), per, ratio, goal, met(ratio, goal));
  }

  private static String met(double figure, double goal) {
    return figure >= goal
        ? "met"
        : String.format(Locale.ROOT, "missed by %.1f %%", (1 - figure / goal) * 100);
  }

  void memory(Map<Integer, Measurement> taken) {
    line("");
    line("## Many images");
    line("");
    line(
        "The job as shipped over files of 64 x 64 pixels with the sample model, %s.",
        String.join(" ", BoundedMemory.JVM_OPTIONS.subList(0, 3)));
    line("");
    line("| images | peak MiB | live heap MiB | largest checkpoint, bytes | images per second |");
    line("| --- | --- | --- | --- | --- |");
    taken.forEach(
        (images, m) ->
            line(
                "| %d | %.0f | %.0f | %d | %.0f |",
                images,
                m.peakMebibytes(),
                m.liveHeapMebibytes(),
                m.checkpointBytes(),
                m.perSecond()));
  }

  private void line(String form, Object... values) {
    text.append(String.format(Locale.ROOT, form, values)).append('\n');
  }
}
