package dev.sluice.benchmarks.images;

import dev.sluice.benchmarks.measure.Contestant;
import dev.sluice.benchmarks.measure.ForkedJvm;
import dev.sluice.benchmarks.measure.Measurement;
import java.nio.file.Path;

/** The process that a contestant runs in. */
final class ContestantProcess {
  /** Slots of both Flink jobs: one a core on the machines that most figures are from. */
  static final int PARALLELISM = 2;

  static final String SLUICE = "sluice";
  static final String WINDOWED = "windowed";
  static final String BARE = "bare";

  private ContestantProcess() {}

  /**
   * Measures and ends.
   *
   * @param args contestant, model, folder of native libraries, number of warm-up images, images,
   *     output; a bare loop's batch size and threads
   */
  public static void main(String[] args) throws Exception {
    long warmUp = Long.parseLong(args[3]);
    Path images = Path.of(args[4]);
    Path output = Path.of(args[5]);
    ForkedJvm.report(Measurement.take(contestant(args), warmUp, images, output));
    System.exit(0); // Flink's client leaves threads behind
  }

  private static Contestant contestant(String[] args) {
    Path model = Path.of(args[1]);
    Path cache = Path.of(args[2]);
    return switch (args[0]) {
      case SLUICE -> new SluiceJob(model, cache, PARALLELISM);
      case WINDOWED -> new WindowedJob(model, PARALLELISM);
      case BARE -> new BareLoop(model, cache, Integer.parseInt(args[6]), Integer.parseInt(args[7]));
      default -> throw new IllegalArgumentException("No contestant '" + args[0] + "'");
    };
  }
}
