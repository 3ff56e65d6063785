package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.source.generated.ticks.Tick;
import dev.sluice.testing.Xml;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The page of a run without scripts, against plain Java over the file of the sample. */
class LocalReportIT {
  private static final long MINUTE = 60_000;

  @TempDir static Path folder;

  private static SampleTicks ticks;
  private static Map<String, List<Tick>> byTicker;
  private static Document page;
  private static String printed;

  @BeforeAll
  static void runTheSample() throws Exception {
    printed = run("--output.path=" + folder.resolve("day"), "--generator.rate=20000");
    page = Xml.parse(Files.readString(folder.resolve("day/report.html")));
    ticks = SampleTicks.read();
    byTicker = new TreeMap<>(ticks.unique.stream().collect(Collectors.groupingBy(t -> t.ticker)));
  }

  @Test
  void figuresAreThoseOfTheFile() throws Exception {
    assertThat(ticks.late).hasSizeGreaterThan(10);
    assertThat(ticks.copies).hasSizeGreaterThan(50);
    assertThat(Xml.all(page, "//h1"))
        .containsExactly(
            count(drops().size()) + " price drops in " + count(ticks.unique.size()) + " trades");
    assertThat(Xml.all(page, "//dl//dd[not(@class)]"))
        .containsExactly(
            count(ticks.unique.size()),
            count(drops().size()),
            count(volume(ticks.unique)),
            count(ticks.copies.size()),
            count(ticks.late.size()));
    assertThat(printed)
        .containsPattern(
            String.format(
                "  Trades       %s in .* s, %d copies removed, %d too late%n",
                count(ticks.unique.size()), ticks.copies.size(), ticks.late.size()))
        .contains(String.format("  Price drops  %d%n", drops().size()))
        .contains("  Tables       " + folder.resolve("day"))
        .contains("/day/report.html");
  }

  @Test
  void alertsAreTheDropsOfThePostsAndTheGenerator() throws Exception {
    List<String> alerts = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String[] drop : drops()) {
      long from = Long.parseLong(drop[1]);
      long to = Long.parseLong(drop[2]);
      String time = Instant.ofEpochMilli(to).toString().substring(11, 19);
      long seconds = (to - from) / 1_000;
      alerts.addAll(
          List.of(
              drop[0],
              time,
              price(drop[3]),
              price(drop[4]),
              price(drop[5]),
              String.format("%d:%02d", seconds / 60, seconds % 60)));
      marks.add(
          String.format(
              "5 Jan, %s: %s fell by %s, from %s to %s",
              time, drop[0], price(drop[3]), price(drop[4]), price(drop[5])));
      lines.add(
          String.format(
                  "ALERT %s  %s fell by %s from %s to %s in %d s",
                  time, drop[0], price(drop[3]), price(drop[4]), price(drop[5]), seconds)
              .replace(",", ""));
    }

    assertThat(drops()).hasSize(8); // seven that were planted, and that of the posts' table
    assertThat(alerts.subList(0, 6))
        .containsExactly("AMZN", "14:24:00", "600.00", "800.00", "200.00", "4:00");
    assertThat(rows("//section[@id='alerts']")).isEqualTo(alerts);
    assertThat(Xml.all(page, "//svg[contains(@class, 'wide')]/circle/title")).isEqualTo(marks);
    // Stocks are in two subtasks, and which of them is ahead is anybody's guess.
    assertThat(printed.lines().filter(line -> line.startsWith("ALERT")))
        .containsExactlyInAnyOrderElementsOf(lines);
  }

  @Test
  void barsAreTheVolumesOfAllWindows() throws Exception {
    Map<Long, Long> volumes = new TreeMap<>();
    long first = Long.MAX_VALUE;
    for (Tick tick : ticks.unique) {
      long start = tick.eventTime - tick.eventTime % (10 * MINUTE);
      volumes.merge(start, tick.volume, Long::sum);
      first = Math.min(first, start);
    }
    List<String> bars = new ArrayList<>();
    for (long start = first; bars.size() < 40; start += 10 * MINUTE) { // 14:20 to 21:00
      bars.add(
          Instant.ofEpochMilli(start).toString().substring(11, 16)
              + ": "
              + count(volumes.getOrDefault(start, 0L)));
    }

    assertThat(
            Xml.all(page, "//section[@id='volume']/*[contains(@class, 'wide')]/*[@class='bar']/*"))
        .isEqualTo(bars);
  }

  @Test
  void sharesRankingAndStocksAreThoseOfTheTrades() throws Exception {
    List<String> shares = new ArrayList<>();
    List<String> stocks = new ArrayList<>();
    byTicker.entrySet().stream()
        .sorted(Comparator.comparingLong(stock -> -volume(stock.getValue())))
        .forEach(
            stock -> {
              double share = (double) volume(stock.getValue()) / volume(ticks.unique);
              shares.addAll(
                  List.of(
                      stock.getKey(),
                      count(volume(stock.getValue())),
                      String.format(Locale.ROOT, "%.1f %%", 100 * share)));
              stocks.addAll(row(stock.getKey(), stock.getValue()));
            });

    assertThat(rows("//div[@class='pie']")).isEqualTo(shares);
    assertThat(rows("//section[@id='stocks']")).isEqualTo(stocks);
    assertThat(rows("//div[@class='card'][h2='Most traded stocks']")).isEqualTo(ranking());
    assertThat(Xml.all(page, "//section[@id='prices']/*[contains(@class, 'wide')]/*[@d]/*"))
        .containsExactlyInAnyOrderElementsOf(byTicker.keySet());
  }

  private static List<String> row(String ticker, List<Tick> trades) {
    return List.of(
        ticker,
        count(trades.size()),
        price(trades.stream().mapToDouble(t -> t.price).min().orElseThrow()),
        price(trades.stream().mapToDouble(t -> t.price).max().orElseThrow()),
        count(ticks.copies.stream().filter(t -> t.ticker.equals(ticker)).count()),
        count(ticks.late.stream().filter(t -> t.ticker.equals(ticker)).count()));
  }

  /** Of each hour the three with the highest volume. */
  private static List<String> ranking() {
    Map<Long, Map<String, Long>> hours = new TreeMap<>();
    for (Tick tick : ticks.unique) {
      hours
          .computeIfAbsent(tick.eventTime - tick.eventTime % (60 * MINUTE), h -> new TreeMap<>())
          .merge(tick.ticker, tick.volume, Long::sum);
    }
    List<String> cells = new ArrayList<>();
    hours.forEach(
        (start, volumes) -> {
          cells.add(Instant.ofEpochMilli(start).toString().substring(11, 16));
          volumes.entrySet().stream()
              .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
              .limit(3)
              .forEach(stock -> cells.add(stock.getKey() + " " + count(stock.getValue())));
        });
    return cells;
  }

  @Test
  void aScriptOfTheUserHasItsResultsAndNoPage() throws Exception {
    Path output = folder.resolve("own");

    String text =
        run(
            "--script.path=classpath:sql/drop_alert_fast.sql",
            "--input.type=sample",
            "--generator.rate=20000",
            "--output.type=files",
            "--output.path=" + output);

    assertThat(Results.of(output, "fast_drop_alerts")).hasSize(8);
    assertThat(text)
        .contains(String.format("  fast_drop_alerts  8 rows in %s/fast_drop_alerts%n", output));
    assertThat(output.resolve("report.html")).doesNotExist();
    assertThat(text).doesNotContain("Report");
  }

  /** Rows of {@link Day#drops}, by time. */
  private static List<String[]> drops() {
    return Day.drops(ticks.unique.stream(), 500, 10 * MINUTE).stream()
        .map(row -> row.split(" ", -1))
        .sorted(Comparator.comparingLong(drop -> Long.parseLong(drop[2])))
        .toList();
  }

  private static List<String> rows(String part) throws Exception {
    return Xml.all(page, part + "//tbody/tr/*");
  }

  private static long volume(Collection<Tick> trades) {
    return trades.stream().mapToLong(t -> t.volume).sum();
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String price(double price) {
    return String.format(Locale.ROOT, "%,.2f", price);
  }

  private static String price(String price) {
    return price(Double.parseDouble(price));
  }

  /** As main() does; its console. */
  private static String run(String... args) throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      SqlAnalyticsJob.main(args);
    } finally {
      System.setOut(console);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
