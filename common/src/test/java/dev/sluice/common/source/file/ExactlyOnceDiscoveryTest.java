package dev.sluice.common.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Arrivals, listings, checkpoints, failures and restores in any order: each object exactly once.
 */
class ExactlyOnceDiscoveryTest {
  enum Act {
    PUT,
    PUT_LATE,
    PUT_FUTURE,
    DELETE,
    TICK,
    WORK,
    DELIVER,
    READ,
    CHECKPOINT,
    FAIL_READER,
    RESTORE,
    WAIT
  }

  record Step(Act act, int value) {}

  @Property(tries = 3000)
  void monitoredReadsTheLastVersionOfEachObjectOnceAndNoVersionTwice(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 6) int pendingLimit)
      throws IOException {
    SimulatedJob job = new SimulatedJob(false, pendingLimit);

    for (Step step : steps) {
      String name = "o" + step.value % 12;
      switch (step.act) {
        case PUT -> job.put(name, job.now);
        // Visible up to a window later than its time says; may even be older than what it replaces.
        case PUT_LATE -> job.put(name, job.now - step.value * 37L % SimulatedJob.WINDOW_MILLIS);
        case PUT_FUTURE -> job.put("future" + step.value % 3, job.now + 600_000);
        default -> common(job, step, name);
      }
      // Coarse steps, so that times are often equal; but no two versions of one object share one.
      job.now += step.act == Act.WAIT ? step.value * 400L : 1;
    }
    List<String> emitted = job.finish();

    assertThat(versions(emitted)).doesNotHaveDuplicates().containsAll(current(job));
    assertThat(emitted).noneMatch(line -> line.startsWith("again"));
  }

  @Property(tries = 3000)
  void boundedReadsWhatWasThereOnceAndEnds(
      @ForAll("steps") List<Step> before,
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(min = 1, max = 6) int pendingLimit)
      throws IOException {
    SimulatedJob job = new SimulatedJob(true, pendingLimit);
    for (Step step : before) {
      job.put("o" + step.value % 20, job.now - step.value % 7);
    }
    Set<String> there = current(job);
    job.tick();
    job.deliver();
    job.checkpoint();

    Set<String> touched = new HashSet<>();
    for (Step step : steps) {
      job.now += 1000;
      String name = "o" + step.value % 20;
      switch (step.act) {
        case PUT -> {
          job.put(name, job.now);
          touched.add("mem:/" + name);
        }
        case PUT_LATE -> job.put("late" + step.value % 5, job.now - step.value * 37L);
        case PUT_FUTURE, DELETE -> {
          job.delete(name);
          touched.add("mem:/" + name);
        }
        default -> common(job, step, name);
      }
    }
    List<String> emitted = job.finish();

    assertThat(job.allReadersEnded()).isTrue();
    there.removeIf(version -> touched.contains(version.substring(version.indexOf(' ') + 1)));
    assertThat(versions(emitted)).containsAll(there);
    assertThat(emitted.stream().filter(line -> !line.contains("late")).map(line -> uri(line)))
        .doesNotHaveDuplicates();
  }

  @Property(tries = 300)
  void checkpointsForgetWhatIsOlderThanTheWindow(@ForAll("steps") List<Step> steps)
      throws IOException {
    SimulatedJob job = new SimulatedJob(false, 3);
    for (Step step : steps) {
      job.put("o" + step.value, job.now);
      job.now += step.value;
    }
    job.finish();

    job.now += SimulatedJob.WINDOW_MILLIS * 2;
    job.put("last", job.now);
    job.finish();

    // Cursor and floor, one object, and nothing of the others.
    assertThat(job.checkpointBytes()).isLessThan(100);
  }

  private static void common(SimulatedJob job, Step step, String name) throws IOException {
    switch (step.act) {
      case DELETE -> job.delete(name);
      case TICK -> job.tick();
      case WORK -> job.work();
      case DELIVER -> job.deliver();
      case READ -> job.read(step.value);
      case CHECKPOINT -> job.checkpoint();
      case FAIL_READER -> job.failReader(step.value);
      case RESTORE -> job.restore(1 + step.value % 3);
      default -> {}
    }
  }

  private static Set<String> current(SimulatedJob job) {
    Map<String, long[]> store = new TreeMap<>(job.store);
    return store.entrySet().stream()
        .map(entry -> entry.getValue()[0] + " " + entry.getKey())
        .collect(Collectors.toSet());
  }

  private static List<String> versions(List<String> emitted) {
    return emitted.stream().filter(line -> !line.startsWith("vanished")).toList();
  }

  private static String uri(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.of(Act.class), Arbitraries.integers().between(0, 1000))
        .as(Step::new)
        .list()
        .ofMaxSize(120);
  }
}
