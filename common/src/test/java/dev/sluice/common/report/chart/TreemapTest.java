package dev.sluice.common.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Page;
import dev.sluice.testing.Xml;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class TreemapTest {
  private static final String WIDE = "//svg[contains(@class, 'wide')]";
  private static final double[] BOX = {10, 20, 1000, 500};

  @Property(tries = 300)
  void tilesAreAsLargeAsTheirValuesAndInsideTheBox(
      @ForAll @Size(min = 1, max = 80) List<@LongRange(min = 1, max = 1_000_000_000) Long> values) {
    double[] sorted =
        values.stream().sorted(Comparator.reverseOrder()).mapToDouble(Long::doubleValue).toArray();
    double sum = values.stream().mapToDouble(Long::doubleValue).sum();

    List<double[]> tiles = Tiles.of(sorted, BOX);

    assertThat(tiles).hasSize(sorted.length);
    for (int i = 0; i < sorted.length; i++) {
      double[] tile = tiles.get(i);
      double area = sorted[i] / sum * BOX[2] * BOX[3];
      assertThat(tile[2] * tile[3]).isCloseTo(area, within(1e-6 * BOX[2] * BOX[3]));
      assertThat(tile[0]).isGreaterThanOrEqualTo(BOX[0] - 1e-6);
      assertThat(tile[1]).isGreaterThanOrEqualTo(BOX[1] - 1e-6);
      assertThat(tile[0] + tile[2]).isLessThanOrEqualTo(BOX[0] + BOX[2] + 1e-6);
      assertThat(tile[1] + tile[3]).isLessThanOrEqualTo(BOX[1] + BOX[3] + 1e-6);
    }
  }

  @Property(tries = 200)
  void tilesDoNotOverlap(
      @ForAll @Size(min = 2, max = 30) List<@LongRange(min = 1, max = 100_000) Long> values) {
    double[] sorted =
        values.stream().sorted(Comparator.reverseOrder()).mapToDouble(Long::doubleValue).toArray();

    List<double[]> tiles = Tiles.of(sorted, BOX);

    for (int i = 0; i < tiles.size(); i++) {
      for (int j = 0; j < i; j++) {
        double[] a = tiles.get(i);
        double[] b = tiles.get(j);
        DoubleBinaryOperator positive = (low, high) -> Math.max(0, high - low);
        double width =
            positive.applyAsDouble(Math.max(a[0], b[0]), Math.min(a[0] + a[2], b[0] + b[2]));
        double height =
            positive.applyAsDouble(Math.max(a[1], b[1]), Math.min(a[1] + a[3], b[1] + b[3]));
        assertThat(width * height).isLessThan(1e-3);
      }
    }
  }

  @Test
  void equalTilesAreNearlySquare() {
    double[] values = new double[18];
    java.util.Arrays.fill(values, 1);

    assertThat(Tiles.of(values, BOX))
        .allSatisfy(
            tile -> assertThat(Math.max(tile[2] / tile[3], tile[3] / tile[2])).isLessThan(1.6));
  }

  @Test
  void thousandsOfTilesFoldIntoOneAndNoneIsLost() throws Exception {
    Treemap map = new Treemap("Map", "partition", Figures::count);
    for (int i = 1; i <= 5_000; i++) {
      map.tile("group " + i % 40, "", "p" + i, i, "p" + i);
    }

    Document page = page(map);

    assertThat(Xml.all(page, WIDE + "/rect")).hasSize(Treemap.TILES + 1);
    assertThat(Xml.all(page, WIDE + "/rect/title")).contains("p5000", "p4701");
    long rest = 4_700L * 4_701 / 2;
    assertThat(Xml.all(page, WIDE + "/rect/title"))
        .contains("4,700 smaller partitions\n" + Figures.count(rest));
    assertThat(Xml.all(page, WIDE + "/@aria-label").get(0)).startsWith("Map: 5,000 partitions; p5");
  }

  @Test
  void groupsAreNamedAndKindsHaveColours() throws Exception {
    Document page =
        page(
            new Treemap("Map", "partition", Figures::count)
                .tile("customer=1", "mobile", "mobile", 60, "1 mobile")
                .tile("customer=1", "desktop", "desktop", 50, "1 desktop")
                .tile("customer=2", "mobile", "mobile", 40, "2 mobile"));

    assertThat(Xml.all(page, WIDE + "/text[@class='start group']"))
        .containsExactly("customer=1", "customer=2");
    assertThat(Xml.all(page, WIDE + "/text[@class='start label']"))
        .containsExactly("mobile", "desktop", "mobile");
    assertThat(Xml.all(page, "//ul[@class='legend']/li")).containsExactly("mobile", "desktop");
    assertThat(Xml.all(page, WIDE + "/rect/@class"))
        .containsExactly("tile c1", "tile c2", "tile c1");
  }

  private static Document page(Treemap map) throws Exception {
    return Xml.parse(new Page("job", "title").add(map).html(Instant.EPOCH));
  }
}
