package dev.sluice.benchmarks.images;

import dev.sluice.benchmarks.measure.BenchmarkCommand;
import dev.sluice.benchmarks.measure.Machine;
import dev.sluice.benchmarks.measure.Measurement;
import dev.sluice.benchmarks.measure.Series;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Compares the image classification job, end to end, with a bare loop and with a keyed window.
 *
 * <p>Every measurement has a process of its own; contestants take turns (A B C A B C), so that a
 * machine that changes its speed changes it for all.
 */
public final class ImageClassificationBenchmark {
  private static final int[] BATCH_SIZES = {4, 8, 16};
  private static final int[] THREADS = {1, 2};
  private static final int CALIBRATION_ROUNDS = 3;

  static final JobOption<Integer> ROUNDS =
      JobOption.ofInt("measure.rounds")
          .defaultTo(5)
          .positive()
          .describedAs("Measurements per contestant.");

  static final JobOption<Integer> SMALL =
      JobOption.ofInt("images.small")
          .defaultTo(1_000)
          .notNegative()
          .unit("images")
          .describedAs(
              "Images of 500 x 375 pixels that count in a measurement; 0 leaves them out.");

  static final JobOption<Integer> LARGE =
      JobOption.ofInt("images.large")
          .defaultTo(60)
          .notNegative()
          .unit("images")
          .describedAs(
              "Images of 4000 x 3000 pixels that count in a measurement; 0 leaves them out.");

  static final JobOption<Integer> MANY =
      JobOption.ofInt("images.many")
          .defaultTo(20_000)
          .notNegative()
          .unit("images")
          .describedAs("Small files that show that memory does not grow; 0 leaves them out.");

  static final JobOption<String> HEAP = BenchmarkCommand.heap("2g");

  private static final List<JobOption<?>> ALL =
      List.of(ROUNDS, SMALL, LARGE, MANY, HEAP, BenchmarkCommand.REPORT);

  private final BenchmarkCommand command;
  private final JobArguments arguments;
  private final Path folder;
  private final ImageClassificationReport report = new ImageClassificationReport();

  private ImageClassificationBenchmark(BenchmarkCommand command) {
    this.command = command;
    this.arguments = command.arguments();
    this.folder = command.logs();
  }

  /** Runs all, or what the options leave. */
  public static void main(String[] args) throws Exception {
    BenchmarkCommand.main(
        "image-classification",
        args,
        ALL,
        command -> new ImageClassificationBenchmark(command).run());
  }

  private void run() throws IOException, InterruptedException {
    int rounds = arguments.get(ROUNDS);
    String heap = "-Xmx" + arguments.get(HEAP);
    report.machine(Machine.describe(), rounds, heap);
    Arena arena = new Arena(folder, RandomResNet18.into(folder.resolve("model")), List.of(heap));
    if (arguments.get(SMALL) > 0) {
      compare(arena, Workload.small(folder, arguments.get(SMALL)), rounds);
    }
    if (arguments.get(LARGE) > 0) {
      compare(arena, Workload.large(folder, arguments.get(LARGE)), rounds);
    }
    if (arguments.get(MANY) > 0) {
      report.memory(new BoundedMemory(folder).measure(arguments.get(MANY)));
    }
    String text = report.text();
    System.out.println(text);
    command.write(text);
  }

  private void compare(Arena arena, Workload workload, int rounds)
      throws IOException, InterruptedException {
    Map<Entrant, Series> calibration = new LinkedHashMap<>();
    for (int batchSize : BATCH_SIZES) {
      for (int threads : THREADS) {
        calibration.put(Entrant.bare(batchSize, threads), new Series());
      }
    }
    takeTurns(arena, workload, workload.calibration(), calibration, CALIBRATION_ROUNDS);
    Entrant cheapest = best(calibration, Measurement::perCpuSecond);
    Entrant fastest = best(calibration, Measurement::perSecond);

    Set<Entrant> entrants = new LinkedHashSet<>();
    entrants.add(Entrant.SLUICE);
    entrants.add(cheapest);
    entrants.add(fastest);
    entrants.add(Entrant.WINDOWED);
    entrants.add(Entrant.WINDOWED_ONE_THREAD);
    Map<Entrant, Series> series = new LinkedHashMap<>();
    new ArrayList<>(entrants).forEach(entrant -> series.put(entrant, new Series()));
    double load = Machine.load();
    takeTurns(arena, workload, workload.images(), series, rounds);
    report.compared(new Comparison(workload, load, calibration, cheapest, fastest, series));
  }

  private static void takeTurns(
      Arena arena, Workload workload, Path images, Map<Entrant, Series> series, int rounds)
      throws IOException, InterruptedException {
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<Entrant, Series> turn : series.entrySet()) {
        Measurement taken = arena.measure(turn.getKey(), workload.warmUp(), images);
        turn.getValue().add(taken);
        System.err.printf(
            Locale.ROOT,
            "%s, round %d of %d, %s: %.2f images per CPU second, %.2f per second, %.0f MiB%n",
            workload.name(),
            round,
            rounds,
            turn.getKey().name(),
            taken.perCpuSecond(),
            taken.perSecond(),
            taken.peakMebibytes());
      }
    }
  }

  private static Entrant best(Map<Entrant, Series> series, ToDoubleFunction<Measurement> figure) {
    return series.entrySet().stream()
        .max((a, b) -> Double.compare(a.getValue().median(figure), b.getValue().median(figure)))
        .orElseThrow()
        .getKey();
  }
}
