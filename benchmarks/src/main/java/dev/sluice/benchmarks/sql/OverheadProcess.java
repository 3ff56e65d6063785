package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.Contestant;
import dev.sluice.benchmarks.measure.ForkedJvm;
import dev.sluice.benchmarks.measure.Stretch;
import dev.sluice.benchmarks.measure.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The process in which a query runs through the job and without it, in turn.
 *
 * <p>Both share the JVM, its heap and what it has compiled; one of each warms it up. Pairs come in
 * twos, A B B A, so that a JVM that still gets faster favours neither; who is A is drawn.
 */
final class OverheadProcess {
  private final Query query;
  private final OverheadPlan plan;
  private final Path output;
  private final List<String> lines = new ArrayList<>();
  private int runs;

  private OverheadProcess(Query query, OverheadPlan plan, Path output) {
    this.query = query;
    this.plan = plan;
    this.output = output;
  }

  /**
   * Measures and ends.
   *
   * @param args query, output, and the plan
   */
  public static void main(String[] args) throws Exception {
    OverheadPlan plan = OverheadPlan.of(List.of(args).subList(2, args.length));
    new OverheadProcess(Query.valueOf(args[0]), plan, Path.of(args[1])).run();
    System.exit(0); // Flink's client leaves threads behind
  }

  private void run() throws Exception {
    long end = System.nanoTime() + plan.limit().toNanos();
    for (int i = 0; i < plan.warmUps(); i++) {
      Stretch job = take(true);
      Stretch bare = take(false);
      System.err.printf("warm-up: job %.3f, bare %.3f%n", job.cpuMicros(), bare.cpuMicros());
    }
    SplittableRandom random = new SplittableRandom(plan.seed() + query.name().hashCode());
    boolean jobFirst = false;
    for (int pair = 0; pair < plan.pairs() && (pair < 2 || System.nanoTime() < end); pair++) {
      jobFirst = pair % 2 == 0 ? random.nextBoolean() : !jobFirst;
      Stretch first = take(jobFirst);
      Stretch second = take(!jobFirst);
      lines.add((jobFirst ? first : second).line());
      lines.add((jobFirst ? second : first).line());
      ForkedJvm.reportLines(lines);
    }
  }

  /**
   * One run.
   *
   * @param job or bare; of a comparison of bare with bare, the first of the two
   */
  private Stretch take(boolean job) throws Exception {
    Path own = output.resolve("run-" + ++runs); // an earlier cluster may still end
    Files.createDirectories(own);
    long ticks = plan.ticks(query);
    long from = plan.before(query);
    Contestant run =
        new QueryRun(
            job && !plan.bareOnly(),
            query,
            ticks,
            plan.seed(),
            Duration.ofMillis(plan.intervalMillis()));
    // Where a row costs hundreds of microseconds, most of them wait in buffers when all are made.
    long to = query == Query.PATTERN ? Stretch.ALL : JsonTicks.surelyMade(ticks);
    Stretch taken = Stretch.take(run, from, to, output.resolve("none"), own);
    Workspace.delete(own.resolve("results"));
    return taken;
  }
}
