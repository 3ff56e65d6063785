package dev.sluice.replication.drill.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happened in a drill. A {@link DrillLog} is kept while it runs and makes this; {@link
 * DrillReport#write} makes the page of it. Immutable.
 */
public final class DrillRun {
  final String home;
  final String away;
  final Instant start;
  final Instant end;
  final List<DrillSample> homeSamples;
  final List<DrillSample> awaySamples;
  final List<DrillEvent> events;
  final List<DrillPhase> phases;
  final List<AuditedWindow> audit;
  final List<String> findings;
  final Optional<String> interrupted;
  final DrillTotals totals;
  final String options;

  DrillRun(DrillLog log, Instant end, DrillTotals totals) {
    this.home = log.home;
    this.away = log.away;
    this.start = log.start;
    this.end = end;
    this.homeSamples = List.copyOf(log.homeSamples);
    this.awaySamples = List.copyOf(log.awaySamples);
    this.events = List.copyOf(log.events);
    this.phases = List.copyOf(log.phases);
    this.audit = List.copyOf(log.audit);
    this.findings = List.copyOf(log.findings);
    this.interrupted = log.interrupted;
    this.totals = totals;
    this.options = log.options;
  }

  String name(Side side) {
    return side == Side.HOME ? home : away;
  }

  List<DrillSample> samples(Side side) {
    return side == Side.HOME ? homeSamples : awaySamples;
  }

  Duration wall() {
    return Duration.between(start, end);
  }

  /** The last moment of which something is known. */
  Instant last() {
    Instant last = end;
    for (Side side : Side.values()) {
      List<DrillSample> samples = samples(side);
      Instant sampled = samples.isEmpty() ? last : samples.get(samples.size() - 1).time;
      last = sampled.isAfter(last) ? sampled : last;
    }
    return last;
  }

  boolean hasLag() {
    return Stream.concat(homeSamples.stream(), awaySamples.stream())
        .anyMatch(sample -> !Double.isNaN(sample.lag));
  }

  /** From the first outage until that Region was healed; empty if it was not. */
  Optional<Duration> outage() {
    return first(EventKind.OUTAGE)
        .flatMap(
            outage ->
                events.stream()
                    .filter(event -> event.kind == EventKind.HEALED)
                    .filter(event -> event.side == outage.side)
                    .filter(event -> !event.time.isBefore(outage.time))
                    .findFirst()
                    .map(healed -> Duration.between(outage.time, healed.time)));
  }

  /** The first event of a kind. */
  Optional<DrillEvent> first(EventKind kind) {
    return events.stream().filter(event -> event.kind == kind).findFirst();
  }
}
