package dev.sluice.common.report.chart;

import java.util.ArrayList;
import java.util.List;

/** How a {@link Timeline} is drawn at a width. */
final class TimelineDrawing implements Drawing {
  private static final double LEFT = 46;
  private static final double RIGHT = 6;
  private static final double NAME = 24;
  private static final double BAND = 20;
  private static final double GAP = 23;
  private static final double BETWEEN = 34;
  private static final double AXIS = 26;

  /** Least distance between two values of an axis. */
  private static final double VALUE = 15;

  private final Timeline timeline;

  TimelineDrawing(Timeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public double height(double width) {
    return labels(width).rows * EventLabels.ROW + lanesHeight() + AXIS;
  }

  @Override
  public void draw(Canvas canvas) {
    EventLabels labels = labels(canvas.width);
    double top = labels.rows * EventLabels.ROW;
    List<Double> tops = tops(top);
    for (int i = 0; i < tops.size(); i++) {
      lane(canvas, timeline.lanes.get(i), tops.get(i));
    }
    double bottom = top + lanesHeight();
    axis(canvas, bottom);
    events(canvas, labels, bottom);
    for (int i = 0; i < tops.size(); i++) {
      words(canvas, timeline.lanes.get(i), tops.get(i));
    }
    for (EventLabels.Label label : labels.labels) {
      dot(canvas, label, tops.get(label.event.lane) + NAME);
    }
    if (tops.size() > 1) {
      measures(canvas, tops.get(1) - BETWEEN / 2 + 2);
    }
  }

  private List<Double> tops(double first) {
    List<Double> tops = new ArrayList<>();
    double y = first;
    for (Lane lane : timeline.lanes) {
      tops.add(y);
      y += laneHeight(lane) + BETWEEN;
    }
    return tops;
  }

  private EventLabels labels(double width) {
    double[] x = timeline.events.stream().mapToDouble(event -> x(event.moment, width)).toArray();
    return new EventLabels(timeline.events, x, width - RIGHT);
  }

  private double x(long moment, double width) {
    double share = (moment - timeline.start) / (double) (timeline.end - timeline.start);
    return LEFT + Math.max(0, Math.min(1, share)) * (width - LEFT - RIGHT);
  }

  private double lanesHeight() {
    double height = Math.max(0, timeline.lanes.size() - 1) * BETWEEN;
    for (Lane lane : timeline.lanes) {
      height += laneHeight(lane);
    }
    return height;
  }

  private static double laneHeight(Lane lane) {
    return NAME + BAND + lane.tracks.stream().mapToDouble(track -> GAP + track.height).sum();
  }

  private void lane(Canvas canvas, Lane lane, double top) {
    double band = top + NAME;
    double bottom = top + laneHeight(lane);
    for (Lane.State state : lane.states) {
      double x = x(state.from, canvas.width);
      double width = Math.max(1, x(state.to, canvas.width) - x);
      if (state.tone == Tone.WRONG) {
        canvas.rectangle("span", new double[] {x, band + BAND, width, bottom - band - BAND}, "");
      }
      String times = timeline.elapsed(state.from) + " to " + timeline.elapsed(state.to);
      canvas.rectangle(
          "state " + state.tone.style,
          new double[] {x, band, Math.max(1, width - 1), BAND},
          state.words + ", " + times);
    }
    double y = band + BAND;
    for (int i = 0; i < lane.tracks.size(); i++) {
      Track track = lane.tracks.get(i);
      track(canvas, track, y + GAP, greatest(i));
      y += GAP + track.height;
    }
  }

  /** On top of the lines of events, so that these do not cross it. */
  private void words(Canvas canvas, Lane lane, double top) {
    canvas.text("group start halo", 0, top + 16, lane.name);
    canvas.text("start halo", Canvas.widthOf(lane.name) + 14, top + 16, lane.note);
    for (Lane.State state : lane.states) {
      double x = x(state.from, canvas.width);
      double room = x(state.to, canvas.width) - x - 9;
      int comma = state.words.indexOf(',');
      String brief = comma < 0 ? "" : state.words.substring(0, comma);
      String words = Canvas.widthOf(state.words) <= room ? state.words : brief;
      if (!words.isEmpty() && Canvas.widthOf(words) <= room) {
        canvas.text("on start " + state.tone.style, x + 6, top + NAME + 14, words);
      }
    }
    double y = top + NAME + BAND;
    for (Track track : lane.tracks) {
      canvas.text("start halo", LEFT + 1, y + GAP - 6, track.unit);
      y += GAP + track.height;
    }
  }

  private double greatest(int track) {
    double greatest = 0;
    for (Lane lane : timeline.lanes) {
      if (track < lane.tracks.size()) {
        greatest = Math.max(greatest, lane.tracks.get(track).greatest());
      }
    }
    return greatest;
  }

  private void track(Canvas canvas, Track track, double top, double greatest) {
    ValueAxis axis = new ValueAxis(0, greatest);
    double right = canvas.width - RIGHT;
    double bottom = top + track.height;
    Scale scale =
        new Scale(timeline.start, timeline.end, axis, new double[] {LEFT, top, right, bottom});
    double last = Double.POSITIVE_INFINITY;
    for (double value : axis.values()) {
      double y = scale.y(value);
      if (last - y >= VALUE && (value == 0 || y - top >= VALUE || value == axis.high)) {
        canvas.line("axis", LEFT, y, right, y);
        canvas.text("end", LEFT - 6, y + 4, axis.name(value));
        last = y;
      }
    }
    track.draw(canvas, scale);
  }

  private void axis(Canvas canvas, double bottom) {
    long length = timeline.end - timeline.start;
    TimeAxis times = new TimeAxis(0, length, canvas.width - LEFT - RIGHT);
    for (long since : times.moments()) {
      String name = ElapsedAxis.name(since);
      double half = Canvas.widthOf(name) / 2;
      double x = x(timeline.start + since, canvas.width);
      canvas.line("axis", x, bottom, x, bottom + 5);
      canvas.text("tick", Math.min(x, canvas.width - half), bottom + 19, name);
    }
  }

  private void events(Canvas canvas, EventLabels labels, double bottom) {
    for (EventLabels.Label label : labels.labels) {
      String tone = label.event.tone.style;
      double top = label.isShown() ? label.y() - 10 : labels.rows * EventLabels.ROW;
      canvas.line("event " + tone, label.x, top, label.x, bottom);
      canvas.rectangle("hit", new double[] {label.x - 4, top, 8, bottom - top}, label.event.hover);
    }
    for (EventLabels.Label label : labels.labels) {
      if (label.isShown()) {
        String side = label.before ? "end " : "start ";
        String kind = "event halo " + side + label.event.tone.style;
        canvas.text(kind, label.textX(), label.y(), label.event.label);
      }
    }
  }

  /** On the upper edge of the band of the event's own lane. */
  private static void dot(Canvas canvas, EventLabels.Label label, double y) {
    canvas.circle("dot " + label.event.tone.style, label.x, y, 3.5, label.event.hover);
  }

  private void measures(Canvas canvas, double y) {
    for (Timeline.Measure measure : timeline.measures) {
      double from = x(measure.from, canvas.width);
      double to = x(measure.to, canvas.width);
      canvas.line("measure", from, y, to, y);
      canvas.line("measure", from, y - 5, from, y + 5);
      canvas.line("measure", to, y - 5, to, y + 5);
      double room = canvas.width - to - 7;
      String whole = measure.name + " " + measure.length;
      String words = Canvas.widthOf(whole) <= room ? whole : measure.length;
      boolean before = Canvas.widthOf(words) > room;
      double x = before ? from - 7 : to + 7;
      canvas.text("group halo " + (before ? "end" : "start"), x, y + 4, words);
    }
  }
}
