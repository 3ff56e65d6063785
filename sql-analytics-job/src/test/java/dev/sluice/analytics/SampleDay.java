package dev.sluice.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.common.source.generated.ticks.TickGenerator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the day of trades in {@code sample-data/ticks}; its README says what is in it. */
final class SampleDay {
  static final Path FILE = Path.of("..", "sample-data", "ticks", "2026-01-05.jsonl");

  /** Prices of the posts' table, a minute apart, before the exchange opens. */
  private static final int[] POST = {800, 400, 500, 350, 200};

  private static final long SEED = 1236;
  private static final int TICKS = 6_400;
  private static final double SWAPPED = 0.1;
  private static final double REPEATED = 0.012;
  private static final double LATE = 0.003;
  private static final int LEAST_LATE = 8;
  private static final int MOST_LATE = 40;

  private final Random random = new Random(SEED);

  private SampleDay() {}

  /** Lines of the file, in the order of arrival. */
  static List<String> lines() {
    return new SampleDay().make();
  }

  private List<String> make() {
    TickGenerator day =
        TickGenerator.builder(SEED)
            .ticks(TICKS)
            .tickers(5)
            .skew(0.5)
            .disorder(0, Duration.ZERO)
            .duplicates(0)
            .drops(7, 600)
            .build();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < POST.length; i++) {
      lines.add(
          String.format(
              "{\"event_time\":\"2026-01-05T14:%d:00.000\",\"ticker\":\"AMZN\",\"price\":%d.0,\"volume\":100,"
                  + "\"event_id\":\"post-%d\"}",
              20 + i, POST[i], i));
    }
    for (long i = 0; i < TICKS; i++) {
      lines.add(new String(day.generate(i).data, UTF_8));
    }
    swap(lines);
    repeat(lines);
    delay(lines);
    return lines;
  }

  /** Neighbours change places: the later one comes first, by less than the lateness. */
  private void swap(List<String> lines) {
    for (int i = POST.length; i + 1 < lines.size(); i++) {
      if (random.nextDouble() < SWAPPED) {
        String first = lines.get(i);
        lines.set(i, lines.get(i + 1));
        lines.set(i + 1, first);
        i++; // this one stays where it is
      }
    }
  }

  private void repeat(List<String> lines) {
    for (int i = lines.size() - 1; i >= POST.length; i--) {
      if (random.nextDouble() < REPEATED) {
        lines.add(i + 1, lines.get(i));
      }
    }
  }

  /** Some come after trades that are half a minute and more younger. */
  private void delay(List<String> lines) {
    for (int i = lines.size() - MOST_LATE - 1; i >= POST.length; i--) {
      if (random.nextDouble() < LATE) {
        String late = lines.remove(i);
        lines.add(i + LEAST_LATE + random.nextInt(MOST_LATE - LEAST_LATE), late);
      }
    }
  }
}
