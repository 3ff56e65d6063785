package dev.sluice.benchmarks.images;

import java.util.List;

/**
 * A contestant with its settings.
 *
 * @param name in tables
 * @param contestant of {@link ContestantProcess}
 * @param jvmOptions of its own
 * @param arguments behind those that all have
 */
record Entrant(String name, String contestant, List<String> jvmOptions, List<String> arguments) {
  static final Entrant SLUICE =
      new Entrant("sluice", ContestantProcess.SLUICE, List.of(), List.of());

  /** PyTorch takes one thread a core for each forward pass unless it is told otherwise. */
  static final Entrant WINDOWED =
      new Entrant("windowed, as in the post", ContestantProcess.WINDOWED, List.of(), List.of());

  static final Entrant WINDOWED_ONE_THREAD =
      new Entrant(
          "windowed, PyTorch with 1 thread",
          ContestantProcess.WINDOWED,
          List.of("-Dai.djl.pytorch.num_threads=1", "-Dai.djl.pytorch.num_interop_threads=1"),
          List.of());

  static Entrant bare(int batchSize, int threads) {
    return new Entrant(
        String.format(
            "bare loop, batch %d, %d thread%s", batchSize, threads, threads == 1 ? "" : "s"),
        ContestantProcess.BARE,
        List.of(),
        List.of(Integer.toString(batchSize), Integer.toString(threads)));
  }
}
