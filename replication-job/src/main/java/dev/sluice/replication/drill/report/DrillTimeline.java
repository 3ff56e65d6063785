package dev.sluice.replication.drill.report;

import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Piece;
import dev.sluice.common.report.chart.Lane;
import dev.sluice.common.report.chart.Timeline;
import dev.sluice.common.report.chart.Tone;
import dev.sluice.common.report.chart.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Both Regions on one axis of time. Stateless. */
final class DrillTimeline {
  private static final double PUTS = 92;
  private static final double LAG = 40;
  private static final double MILLIS = 1_000;

  private DrillTimeline() {}

  static Piece of(DrillRun run) {
    Instant end = run.last();
    Timeline timeline =
        new Timeline("Both Regions over time", run.start.toEpochMilli(), end.toEpochMilli());
    for (Side side : Side.values()) {
      Lane lane = new Lane(run.name(side), side == Side.HOME ? "home" : "away");
      RegionStates.add(run, side, lane, end);
      tracks(lane, run.samples(side), run.hasLag());
      timeline.lane(lane);
    }
    for (DrillEvent event : run.events) {
      timeline.event(
          event.time.toEpochMilli(),
          event.side == Side.HOME ? 0 : 1,
          tone(event.kind),
          EventWords.label(event),
          EventWords.hover(run, event));
    }
    measures(run, timeline);
    return timeline;
  }

  private static void measures(DrillRun run, Timeline timeline) {
    Optional<Instant> outage = run.first(EventKind.OUTAGE).map(event -> event.time);
    Optional<Duration> recovery = run.totals.recovery();
    if (outage.isPresent() && recovery.isPresent()) {
      long from = outage.get().toEpochMilli();
      String length = Figures.duration(recovery.get());
      timeline.measure(from, from + recovery.get().toMillis(), "RTO", length);
    }
    Optional<Instant> fence = run.first(EventKind.FENCED).map(event -> event.time);
    Optional<Instant> back = run.first(EventKind.FAILED_BACK).map(event -> event.time);
    if (fence.isPresent() && back.isPresent()) {
      String length = Figures.duration(Duration.between(fence.get(), back.get()));
      timeline.measure(fence.get().toEpochMilli(), back.get().toEpochMilli(), "fenced", length);
    }
  }

  private static void tracks(Lane lane, List<DrillSample> samples, boolean lag) {
    if (samples.isEmpty()) {
      return;
    }
    long[] times = samples.stream().mapToLong(sample -> sample.time.toEpochMilli()).toArray();
    lane.track(
        new Track("puts a second", PUTS)
            .area("accepted puts", Tone.MAIN, times, values(samples, sample -> sample.accepted))
            .area("failed puts", Tone.WRONG, times, failed(samples)));
    if (lag) {
      lane.track(
          new Track("seconds behind the other Region", LAG)
              .area(
                  "lag of the copy into the Region",
                  Tone.OTHER,
                  times,
                  values(samples, sample -> sample.lag / MILLIS)));
    }
  }

  /** Without the stretches in which nothing fails, where there is nothing to draw. */
  private static double[] failed(List<DrillSample> samples) {
    double[] failed = values(samples, sample -> sample.failed);
    double[] drawn = failed.clone();
    for (int i = 0; i < failed.length; i++) {
      boolean before = i > 0 && failed[i - 1] > 0;
      boolean after = i + 1 < failed.length && failed[i + 1] > 0;
      drawn[i] = failed[i] > 0 || before || after ? failed[i] : Double.NaN;
    }
    return drawn;
  }

  private static double[] values(List<DrillSample> samples, ToDoubleFunction<DrillSample> value) {
    return samples.stream().mapToDouble(value).toArray();
  }

  private static Tone tone(EventKind kind) {
    switch (kind) {
      case OUTAGE:
        return Tone.WRONG;
      case SWITCHED:
      case FAILED_BACK:
        return Tone.MAIN;
      default:
        return Tone.QUIET;
    }
  }
}
