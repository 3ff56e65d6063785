package dev.sluice.common.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.report.Markup;
import dev.sluice.testing.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class TimelineTest {
  private static final String WIDE = "//svg[contains(@class, 'wide')]";

  @Test
  void lanesShareTheAxesOfTimeAndOfTheirTracks() throws Exception {
    Timeline timeline =
        new Timeline("both", 1_000, 61_000)
            .lane(lane("a", new long[] {1_000, 31_000}, 10, 20))
            .lane(lane("b", new long[] {31_000, 61_000}, 100, 200));

    Document page = page(timeline);

    assertThat(Xml.all(page, WIDE + "/text[@class='end']"))
        .containsExactly("0", "50", "100", "150", "200", "0", "50", "100", "150", "200");
    assertThat(Xml.all(page, WIDE + "/text[@class='tick']")).startsWith("0:00", "0:05");
    List<String> lines = Xml.all(page, WIDE + "/path[starts-with(@class, 'line')]/@d");
    assertThat(lines.get(0)).startsWith("M46 ").contains("L548 ");
    assertThat(lines.get(1)).startsWith("M548 ").contains("L1050 ");
    assertThat(Xml.all(page, "//ul[@class='legend']/li")).containsExactly("puts");
  }

  @Test
  void anAreaIsClosedAtEachGap() throws Exception {
    long[] moments = {0, 1_000, 2_000, 3_000, 4_000};
    Timeline timeline =
        new Timeline("one", 0, 4_000)
            .lane(lane("a", moments, 1, 1, Double.NaN, 1, 1))
            .lane(lane("none", new long[] {0}, Double.NaN));

    List<String> areas = Xml.all(page(timeline), WIDE + "/path[starts-with(@class, 'area')]/@d");

    assertThat(areas.get(0)).containsPattern("^M[^MZ]+Z").endsWith("Z");
    assertThat(areas.get(0).chars().filter(c -> c == 'M').count()).isEqualTo(2);
    assertThat(areas.get(0).chars().filter(c -> c == 'Z').count()).isEqualTo(2);
    assertThat(areas.get(1)).isEmpty();
  }

  @Test
  void stateWordsAreShownAsFarAsTheyHaveRoom() throws Exception {
    Lane lane =
        new Lane("a", "")
            .state(0, 50_000, Tone.MAIN, "broken, still active")
            .state(50_000, 56_000, Tone.WRONG, "broken, still active")
            .state(56_000, 60_000, Tone.HELD, "fenced");

    Document page = page(new Timeline("one", 0, 60_000).lane(lane));

    assertThat(Xml.all(page, WIDE + "/text[starts-with(@class, 'on')]"))
        .containsExactly("broken, still active", "broken", "fenced");
    assertThat(Xml.all(page, "//svg[contains(@class, 'narrow')]/text[starts-with(@class, 'on')]"))
        .containsExactly("broken, still active");
    assertThat(Xml.all(page, WIDE + "/rect[@class='span']")).hasSize(1);
  }

  /** Whatever times the events have, on the desktop and on the phone. */
  @Test
  void noLabelLiesOnAnother() {
    SplittableRandom random = new SplittableRandom(5);
    for (int run = 0; run < 2_000; run++) {
      double width = run % 2 == 0 ? 1_056 : 354;
      Timeline timeline = new Timeline("one", 0, 1_000);
      int events = random.nextInt(1, 16);
      for (int i = 0; i < events; i++) {
        long at = random.nextBoolean() ? random.nextInt(1_000) : 500 + random.nextInt(20);
        timeline.event(at, 0, Tone.QUIET, "event " + "x".repeat(random.nextInt(9)), "");
      }
      double[] x = timeline.events.stream().mapToDouble(e -> e.moment * width / 1_000).toArray();
      EventLabels labels = new EventLabels(timeline.events, x, width);

      assertThat(labels.rows).isLessThanOrEqualTo(12);
      List<EventLabels.Label> shown = new ArrayList<>();
      for (EventLabels.Label label : labels.labels) {
        if (label.isShown()) {
          for (EventLabels.Label other : shown) {
            assertThat(label.row == other.row && label.from < other.to && other.from < label.to)
                .as("%s and %s in run %s", label.event.label, other.event.label, run)
                .isFalse();
          }
          assertThat(label.from).isGreaterThanOrEqualTo(-120);
          assertThat(label.to).isLessThanOrEqualTo(width);
          shown.add(label);
        }
      }
    }
  }

  @Test
  void theLengthOfAMeasureIsShownWithoutItsNameWhereThatHasNoRoom() throws Exception {
    Timeline timeline =
        new Timeline("two", 0, 60_000)
            .lane(lane("a", new long[] {0}, 1))
            .lane(lane("b", new long[] {0}, 1))
            .measure(0, 10_000, "RTO", "10.0 s")
            .measure(40_000, 48_000, "a name of some length", "8.0 s");

    Document page = page(timeline);

    assertThat(Xml.all(page, WIDE + "/text[starts-with(@class, 'group')]"))
        .containsExactly("a", "b", "RTO 10.0 s", "a name of some length 8.0 s");
    assertThat(
            Xml.all(page, "//svg[contains(@class, 'narrow')]/text[starts-with(@class, 'group')]"))
        .containsExactly("a", "b", "RTO 10.0 s", "8.0 s");
  }

  @Test
  void saysInWordsWhatItShows() throws Exception {
    Lane lane = new Lane("west", "").state(0, 9_000, Tone.MAIN, "active");
    Timeline timeline =
        new Timeline("Regions", 0, 9_000).lane(lane).event(7_000, 0, Tone.WRONG, "outage", "");

    assertThat(Xml.all(page(timeline), WIDE + "/@aria-label"))
        .containsExactly("Regions: west, active from 0:00; 0:07 outage");
  }

  @Test
  void anEndBeforeTheStartIsRefused() {
    assertThatThrownBy(() -> new Timeline("one", 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Lane lane(String name, long[] moments, double... values) {
    return new Lane(name, "")
        .track(new Track("a second", 90).area("puts", Tone.MAIN, moments, values));
  }

  private static Document page(Timeline timeline) throws Exception {
    Markup html = new Markup().open("html");
    timeline.write(html);
    return Xml.parse(html.close("html").finish());
  }
}
