package dev.sluice.common.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Page;
import dev.sluice.common.report.Piece;
import dev.sluice.testing.Xml;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ChartsTest {
  private static final String HOSTILE = "<script>'\"&";
  private static final String WIDE = "//svg[contains(@class, 'wide')]";
  private static final long START = Instant.parse("2026-01-01T10:00:00Z").toEpochMilli();

  @Test
  void everyChartIsDrawnForDesktopAndPhoneAndSaysInWordsWhatItShows() throws Exception {
    Document page = page(new BarChart("Bars", "axis", new String[] {"a"}, new long[] {3}));

    assertThat(Xml.all(page, "//svg/@aria-label")).containsExactly("Bars: a: 3", "Bars: a: 3");
    assertThat(Xml.all(page, "//svg/@class")).containsExactly("chart wide", "chart narrow");
    assertThat(Xml.all(page, "//svg/@role")).containsOnly("img");
  }

  @Test
  void hostileNamesAreText() throws Exception {
    String[] name = {HOSTILE};
    Document page =
        page(
            html -> {
              new BarChart(HOSTILE, HOSTILE, name, new long[] {1}).write(html);
              new PieChart(HOSTILE, HOSTILE).slice(HOSTILE, 1).write(html);
              new Treemap(HOSTILE, HOSTILE, Figures::count)
                  .tile(HOSTILE, HOSTILE, HOSTILE, 1, HOSTILE)
                  .write(html);
              new LineChart(HOSTILE, HOSTILE)
                  .line(HOSTILE, new long[] {1, 2}, new double[] {1, 2})
                  .mark(1, 1, HOSTILE)
                  .span(1, 2, HOSTILE)
                  .write(html);
            });

    assertThat(Xml.all(page, "//script")).isEmpty();
    assertThat(Xml.all(page, "//bdi")).containsOnly(HOSTILE).isNotEmpty();
  }

  @Test
  void barsOfManyWindowsAreAllThereAndTheirNamesDoNotOverlap() throws Exception {
    int bars = 390;
    String[] labels = IntStream.range(0, bars).mapToObj(i -> "label " + i).toArray(String[]::new);
    long[] values = LongStream.range(0, bars).toArray();

    Document page = page(new BarChart("Bars", "axis", labels, values).acrossPage());

    assertThat(Xml.all(page, WIDE + "/rect")).hasSize(bars);
    assertThat(Xml.all(page, WIDE + "/rect[390]/title")).containsExactly("label 389: 389");
    assertThat(Xml.all(page, WIDE + "/text[@class='tick']")).hasSizeBetween(8, 20);
    assertThat(Xml.all(page, WIDE + "/text[@class='count']")).containsExactly("389");
  }

  @Test
  void theFirstAndLastNamesOfBarsKeepTheirDistanceAtTheEdges() throws Exception {
    String[] labels = IntStream.range(0, 40).mapToObj(i -> "00:" + (10 + i)).toArray(String[]::new);

    Document page = page(new BarChart("Bars", "axis", labels, new long[40]).acrossPage());

    String narrow = "//svg[contains(@class, 'narrow')]/text[@class='tick']";
    List<Double> places =
        Xml.all(page, narrow + "/@x").stream().map(Double::valueOf).collect(Collectors.toList());
    assertThat(places).hasSizeGreaterThan(3);
    for (int i = 1; i < places.size(); i++) {
      assertThat(places.get(i) - places.get(i - 1)).isGreaterThan(Canvas.widthOf("00:10"));
    }
  }

  @Test
  void namesOfLinesStandApartAtTheirEndsAndWithinTheDrawing() throws Exception {
    LineChart chart = new LineChart("Lines", "USD");
    for (String name : List.of("AMZN", "BTC", "ETH", "BNB", "XRP", "DOGE")) {
      chart.line(name, new long[] {1, 2, 3}, new double[] {9, 1, name.equals("DOGE") ? 5 : 1});
    }

    Document page = page(chart);

    String names = WIDE + "/text[starts-with(@class, 'name')]";
    assertThat(Xml.all(page, names)).hasSize(6).first().isEqualTo("DOGE");
    List<Double> lines =
        Xml.all(page, names + "/@y").stream().map(Double::valueOf).collect(Collectors.toList());
    for (int i = 1; i < lines.size(); i++) {
      assertThat(lines.get(i) - lines.get(i - 1)).isGreaterThanOrEqualTo(14);
    }
    assertThat(lines.get(5)).isLessThanOrEqualTo(18 + 220 + 4);
    assertThat(Xml.all(page, "//ul[@class='legend']")).isEmpty();
  }

  @Test
  void longNamesOfLinesAreInALegend() throws Exception {
    LineChart chart =
        new LineChart("Lines", "USD")
            .line("a name that would take the room", new long[] {1}, new double[] {1})
            .line("b", new long[] {1}, new double[] {1});

    Document page = page(chart);

    assertThat(Xml.all(page, "//ul[@class='legend']//bdi")).hasSize(2);
    assertThat(Xml.all(page, "//text[starts-with(@class, 'name')]")).isEmpty();
  }

  @Test
  void lineIsBrokenAtAGapAndMarksLieOnIt() throws Exception {
    long[] moments = LongStream.range(0, 5).map(i -> START + i * 60_000).toArray();
    LineChart chart =
        new LineChart("Lines", "USD")
            .line("A", moments, new double[] {1, 2, Double.NaN, 3, 4})
            .mark(START + 60_000, 2, "alert");

    Document page = page(chart);

    String path = Xml.all(page, WIDE + "/path/@d").get(0);
    assertThat(path.replaceAll("[^ML]", "")).isEqualTo("MLML");
    String onLine = path.substring(path.indexOf('L') + 1, path.indexOf('M', 1));
    assertThat(
            Xml.all(page, WIDE + "/circle/@cx").get(0)
                + " "
                + Xml.all(page, WIDE + "/circle/@cy").get(0))
        .isEqualTo(onLine);
    assertThat(Xml.all(page, WIDE + "/circle/title")).containsExactly("1 Jan, 10:01:00: alert");
    assertThat(Xml.all(page, WIDE + "/@aria-label"))
        .containsExactly(
            "Lines: A, 1.0 to 4.0 USD, from 1 Jan, 10:00:00 to 1 Jan, 10:04:00 UTC, 1 marked");
  }

  @Test
  void noPeakOfALongLineIsLost() throws Exception {
    int points = 200_000;
    long[] moments = LongStream.range(0, points).toArray();
    double[] values = new double[points];
    values[77_777] = 1;

    Document page = page(new LineChart("Lines", "").line("A", moments, values));

    String path = Xml.all(page, WIDE + "/path/@d").get(0);
    assertThat(path.length()).isLessThan(100_000);
    assertThat(path.split("[ML]")).filteredOn(point -> point.endsWith(" 18")).hasSize(1);
  }

  @Test
  void linesThatCannotBeDrawnAreRefused() {
    LineChart chart = new LineChart("Lines", "");

    assertThatThrownBy(() -> chart.line("A", new long[] {2, 1}, new double[] {1, 1}))
        .hasMessage("Moments of 'A' must be in order");
    assertThatThrownBy(() -> chart.line("A", new long[] {1}, new double[] {}))
        .hasMessageContaining("must have a value per moment");
    for (int i = 0; i < Legend.COLOURS; i++) {
      chart.line("A", new long[] {1}, new double[] {1});
    }
    assertThatThrownBy(() -> chart.line("A", new long[] {1}, new double[] {1}))
        .hasMessage("A chart must have at most 6 lines");
  }

  @Test
  void chartsOfNothingSaySo() throws Exception {
    Document page =
        page(
            html -> {
              new LineChart("Lines", "").write(html);
              new BarChart("Bars", "", new String[0], new long[0]).write(html);
              new PieChart("Pie", "").write(html);
              new Treemap("Map", "thing", Figures::count).tile("a", "", "b", 0, "b").write(html);
            });

    assertThat(Xml.all(page, "//svg[not(contains(@class, 'narrow'))]/@aria-label"))
        .containsExactly("Lines: nothing", "Bars: nothing", "Pie:", "Map: 1 thing");
  }

  @Test
  void slicesBeyondTheSixthAreOneAndTheirSumIsTheWhole() throws Exception {
    PieChart pie = new PieChart("Pie", "trades");
    for (int i = 1; i <= 10; i++) {
      pie.slice("s" + i, i);
    }

    Document page = page(pie);

    assertThat(Xml.all(page, "//th[@scope='row']"))
        .containsExactly("s10", "s9", "s8", "s7", "s6", "s5", "4 others");
    assertThat(Xml.all(page, "//td[1]")).containsExactly("10", "9", "8", "7", "6", "5", "10");
    assertThat(Xml.all(page, "//path")).hasSize(7);
    assertThat(Xml.all(page, "//text[@class='total']")).containsExactly("55");
  }

  @Test
  void aLongTotalIsSmallSoThatItFitsInTheRing() throws Exception {
    Document page = page(new PieChart("Pie", "shares").slicesAre("Stock").slice("A", 3_196_671));

    assertThat(Xml.all(page, "//text[@class='total small']")).containsExactly("3,196,671");
    assertThat(Xml.all(page, "//th[@scope='col'][1]")).containsExactly("Stock");
  }

  @Test
  void oneSliceIsAWholeRing() throws Exception {
    Document page = page(new PieChart("Pie", "").slice("all", 5).slice("none", 0));

    assertThat(Xml.all(page, "//path")).hasSize(1);
    assertThat(Xml.all(page, "//path/@d").get(0).replaceAll("[^MAZ]", "")).isEqualTo("MAAZMAAZ");
    assertThat(Xml.all(page, "//td[2]")).containsExactly("100.0 %", "0.0 %");
  }

  private static Document page(Piece piece) throws Exception {
    return Xml.parse(new Page("job", "title").add(piece).html(Instant.EPOCH));
  }
}
