package dev.sluice.common.operator.late;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.operator.late.SimulatedJob.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;

/** Each row is late or in a window, and no window drops one: restarts, rescaling, idle inputs. */
class NoRowIsLostTest {
  private static final int STEPS = 400;

  private final List<Long> late = new ArrayList<>();
  private final List<Long> counted = new ArrayList<>();
  private final List<Long> lost = new ArrayList<>();
  private long rows;
  private long clock;

  @Property(tries = 150)
  void eachRowIsLateOrInAWindow(@ForAll long seed) throws Exception {
    run(seed);
  }

  /** So the property is about something. */
  @Test
  void thereAreRowsOfBothKinds() throws Exception {
    int manyLate = 0;
    int manyCounted = 0;
    for (long seed = 0; seed < 20; seed++) {
      run(seed);
      manyLate += late.size() > 20 ? 1 : 0;
      manyCounted += counted.size() > 20 ? 1 : 0;
    }

    assertThat(manyLate).isGreaterThan(10);
    assertThat(manyCounted).isGreaterThan(10);
  }

  private void run(long seed) throws Exception {
    Random random = new Random(seed);
    late.clear();
    counted.clear();
    lost.clear();
    rows = 0;
    clock = 0;
    State state = State.NONE;
    for (int start = 0; start < 4; start++) {
      int sources = 1 + random.nextInt(4);
      try (SimulatedJob job =
          new SimulatedJob(
              sources,
              random.nextBoolean() ? sources : 1 + random.nextInt(4),
              1 + random.nextInt(3),
              state,
              random)) {
        play(job, sources, random);
        state = job.savepoint();
        late.addAll(job.late);
        counted.addAll(job.counted);
        lost.addAll(job.lost);
      }
    }
    assertThat(lost).isEmpty();
    assertThat(LongStream.concat(numbers(late), numbers(counted)).sorted())
        .containsExactly(LongStream.range(0, rows).boxed().toArray(Long[]::new));
  }

  private static LongStream numbers(List<Long> some) {
    return some.stream().mapToLong(Long::longValue);
  }

  /** Rows around a time that goes on; each source has watermarks of its own, and pauses. */
  private void play(SimulatedJob job, int sources, Random random) throws Exception {
    long[] watermarks = new long[sources];
    boolean[] idle = new boolean[sources];
    for (int step = 0; step < STEPS; step++) {
      int source = random.nextInt(sources);
      int kind = random.nextInt(10);
      clock += random.nextInt(3);
      if (kind < 5) {
        wake(job, source, idle);
        job.row(source, rows++, clock - random.nextInt(30));
      } else if (kind < 8) {
        wake(job, source, idle);
        watermarks[source] = Math.max(watermarks[source], clock - 10 - random.nextInt(10));
        job.tell(source, new Watermark(watermarks[source]));
      } else if (kind == 8 && !idle[source]) {
        idle[source] = true;
        job.tell(source, WatermarkStatus.IDLE);
      }
      for (int i = random.nextInt(30); i > 0; i--) {
        job.deliver();
      }
    }
  }

  private static void wake(SimulatedJob job, int source, boolean[] idle) {
    if (idle[source]) {
      idle[source] = false;
      job.tell(source, WatermarkStatus.ACTIVE);
    }
  }
}
