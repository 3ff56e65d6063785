package dev.sluice.replication.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** The window holds what a list of all requests holds, looked through anew each time. */
class ErrorWindowPropertiesTest {
  @Property(tries = 100)
  void holdsWhatAListOfAllRequestsHolds(
      @ForAll long seed, @ForAll @LongRange(min = 1, max = 600_000) long windowMillis) {
    SplittableRandom random = new SplittableRandom(seed);
    ErrorWindow window = new ErrorWindow(windowMillis);
    List<Request> all = new ArrayList<>();
    long now = random.nextLong(-1_000_000, 2_000_000_000_000L);
    for (int i = 0; i < 300; i++) {
      now += step(random, windowMillis);
      // Late by up to half of the window: no newer bucket has taken its place yet.
      long ended = now - random.nextLong(1 + windowMillis / 2);
      Request request = new Request(ended, random.nextInt(4), random.nextInt(3));
      all.add(request);
      window.add(request.ended, request.succeeded, request.failed);
      // The window may be read at a later time than that of its newest request, too.
      long readAt = now + random.nextLong(1 + windowMillis / 4);

      assertSame(window.at(now), naive(all, now, window));
      assertSame(window.at(readAt), naive(all, readAt, window));
    }
  }

  @Property(tries = 500)
  void isAsLongAsItsDurationAndAtMostABucketMore(
      @ForAll @LongRange(min = 1, max = 100_000_000) long windowMillis) {
    ErrorWindow window = new ErrorWindow(windowMillis);

    long whole = window.bucketMillis() * window.buckets();
    assertThat(whole).isBetween(windowMillis, windowMillis + window.bucketMillis() - 1);
    assertThat(window.buckets()).isBetween(1, ErrorWindow.MOST_BUCKETS);
  }

  @Example
  void anOldRequestNeverTakesThePlaceOfANewOne() {
    ErrorWindow window = new ErrorWindow(300);
    window.add(1_000, 1, 0);

    window.add(1_000 - 300, 0, 5);
    window.add(1_001 - 600, 0, 5);

    assertThat(window.at(1_001).requests()).isEqualTo(1);
  }

  @Example
  void refusesNegativeCounts() {
    assertThatThrownBy(() -> new ErrorWindow(10).add(0, -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Often none, mostly small, at times beyond the whole window. */
  private static long step(SplittableRandom random, long windowMillis) {
    return switch (random.nextInt(10)) {
      case 0 -> 0;
      case 1 -> random.nextLong(1 + 2 * windowMillis);
      default -> random.nextLong(1 + windowMillis / 50);
    };
  }

  private static WindowCounts naive(List<Request> all, long now, ErrorWindow window) {
    long oldest = Math.floorDiv(now, window.bucketMillis()) - window.buckets() + 1;
    SortedMap<Long, long[]> buckets = new TreeMap<>();
    for (Request request : all) {
      long bucket = Math.floorDiv(request.ended, window.bucketMillis());
      if (bucket >= oldest && request.succeeded + request.failed > 0) {
        long[] counts = buckets.computeIfAbsent(bucket, b -> new long[2]);
        counts[0] += request.succeeded;
        counts[1] += request.failed;
      }
    }
    if (buckets.isEmpty()) {
      return WindowCounts.NONE;
    }
    List<Long> failing = buckets.keySet().stream().filter(b -> buckets.get(b)[1] > 0).toList();
    double size = buckets.size();
    return new WindowCounts(
        buckets.values().stream().mapToLong(c -> c[0]).sum(),
        buckets.values().stream().mapToLong(c -> c[1]).sum(),
        buckets.values().stream().mapToDouble(c -> c[1] / (double) (c[0] + c[1])).sum() / size,
        buckets.values().stream().mapToDouble(c -> 1.0 / (c[0] + c[1])).sum() / (size * size),
        failing.isEmpty() ? 0 : failing.get(0) * window.bucketMillis(),
        failing.isEmpty() ? 0 : failing.get(failing.size() - 1) * window.bucketMillis(),
        buckets.lastKey() * window.bucketMillis() + window.bucketMillis() - 1);
  }

  private static void assertSame(WindowCounts actual, WindowCounts expected) {
    boolean same =
        actual.succeeded == expected.succeeded
            && actual.failed == expected.failed
            && actual.firstFailure == expected.firstFailure
            && actual.lastFailure == expected.lastFailure
            && actual.last == expected.last
            && Math.abs(actual.errorRate - expected.errorRate) < 1e-9
            && Math.abs(actual.varianceFactor - expected.varianceFactor) < 1e-9;
    if (!same) {
      assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  private record Request(long ended, int succeeded, int failed) {}
}
