package dev.sluice.common.report.chart;

import dev.sluice.common.report.Markup;
import dev.sluice.common.report.Piece;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lanes below each other on one axis of time, with events across all of them, as wide as the page.
 * Times are milliseconds since the epoch; the axis shows the time since the start. Not thread-safe.
 */
public final class Timeline implements Piece {
  final long start;
  final long end;
  final List<Lane> lanes = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final List<Measure> measures = new ArrayList<>();
  private final String title;

  /**
   * A timeline without lanes.
   *
   * @param title for those who do not see it
   * @throws IllegalArgumentException if it ends before its start
   */
  public Timeline(String title, long start, long end) {
    if (end < start) {
      throw new IllegalArgumentException("A timeline must not end before its start");
    }
    this.title = title;
    this.start = start;
    this.end = Math.max(end, start + 1);
  }

  /** The next lane. */
  public Timeline lane(Lane lane) {
    lanes.add(lane);
    return this;
  }

  /**
   * An event: a line across all lanes, with a dot in its own.
   *
   * @param lane number of its lane, from 0
   * @param label one or two words
   * @param hover shown when one points at it
   */
  public Timeline event(long moment, int lane, Tone tone, String label, String hover) {
    events.add(new Event(moment, lane, tone, label, hover));
    events.sort(Comparator.comparingLong(event -> event.moment));
    return this;
  }

  /**
   * A span of time that matters, drawn between the first two lanes.
   *
   * @param name of it, left away where it has no room
   * @param length of it, for people
   */
  public Timeline measure(long from, long to, String name, String length) {
    measures.add(new Measure(from, to, name, length));
    return this;
  }

  @Override
  public void write(Markup html) {
    legend(html);
    Canvas.write(html, Room.PAGE, title + ": " + inWords(), new TimelineDrawing(this));
  }

  private void legend(Markup html) {
    Map<String, Tone> names = new LinkedHashMap<>();
    for (Lane lane : lanes) {
      for (Track track : lane.tracks) {
        track.drawn.forEach(drawn -> names.putIfAbsent(drawn.series.name, drawn.tone));
      }
    }
    html.open("ul", "class", "legend");
    names.forEach(
        (name, tone) -> {
          html.open("li").open("span", "class", "swatch tone " + tone.style).close("span");
          html.element("bdi", name).close("li");
        });
    html.close("ul");
  }

  private String inWords() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < lanes.size(); i++) {
      Lane lane = lanes.get(i);
      words.append(i == 0 ? "" : "; ").append(lane.name);
      for (Lane.State state : lane.states) {
        words.append(", ").append(state.words).append(" from ").append(elapsed(state.from));
      }
    }
    for (Event event : events) {
      words.append("; ").append(elapsed(event.moment)).append(' ').append(event.label);
    }
    return words.toString();
  }

  /** {@code 0:07}, {@code 12:30}, {@code 1:02:30}: since the start. */
  String elapsed(long moment) {
    return ElapsedAxis.name(moment - start);
  }

  static final class Measure {
    final long from;
    final long to;
    final String name;
    final String length;

    private Measure(long from, long to, String name, String length) {
      this.from = from;
      this.to = to;
      this.name = name;
      this.length = length;
    }
  }

  static final class Event {
    final long moment;
    final int lane;
    final Tone tone;
    final String label;
    final String hover;

    private Event(long moment, int lane, Tone tone, String label, String hover) {
      this.moment = moment;
      this.lane = lane;
      this.tone = tone;
      this.label = label;
      this.hover = hover;
    }
  }
}
