package dev.sluice.benchmarks.sql;

import dev.sluice.analytics.QueryOfTheJob;
import dev.sluice.benchmarks.measure.Contestant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** JSON in, JSON out: a query through the job, or without it. One at a time in a process. */
final class QueryRun implements Contestant {
  private final boolean job;
  private final Query query;
  private final long ticks;
  private final long seed;
  private final Duration interval;
  private final long madeBefore = JsonTicks.made();

  QueryRun(boolean job, Query query, long ticks, long seed, Duration interval) {
    this.job = job;
    this.query = query;
    this.ticks = ticks;
    this.seed = seed;
    this.interval = interval;
  }

  @Override
  public void run(Path input, Path output, Path checkpoints) throws Exception {
    SqlRunOptions options = SqlRunOptions.of(query, ticks, seed, output, checkpoints, interval);
    if (job) {
      QueryOfTheJob.run(options.words());
    } else {
      BareSql.run(options);
    }
  }

  /** The rows that were written, to compare. */
  @Override
  public Work work(Path output) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(output)) {
      files = all.filter(Files::isRegularFile).filter(QueryRun::isFinished).toList();
    }
    long rows = 0;
    for (Path file : files) {
      try (Stream<String> lines = Files.lines(file)) {
        rows += lines.count();
      }
    }
    return new Work(rows, 0);
  }

  private static boolean isFinished(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && !name.startsWith("_");
  }

  @Override
  public long done() {
    return JsonTicks.made() - madeBefore;
  }
}
