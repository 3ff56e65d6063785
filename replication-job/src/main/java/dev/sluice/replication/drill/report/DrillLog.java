package dev.sluice.replication.drill.report;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notes what happens in a drill while it runs, from any thread.
 *
 * <p>One thread calls {@link #sample} for each Region about once a second. The one that plays the
 * drill calls {@link #phase} where a phase begins and {@link #checked} when it is sure that the
 * phase is done; whoever sees an event calls {@link #event}. At the end {@link #audited} for each
 * window, and {@link #run} with the totals; then {@link DrillReport#write}.
 *
 * <pre>{@code
 * DrillLog log = new DrillLog("us-west-2", "us-east-2", Clock.systemUTC());
 * log.phase("break us-west-2");
 * log.event(EventKind.OUTAGE, Side.HOME, "every request is refused");
 * log.checked("a canary was refused");
 * …
 * DrillRun run = log.run(DrillTotals.NONE.produced(12_000).accepted(12_000).lost(0));
 * DrillSummary summary = DrillReport.write(run, new Path("drill.html"));
 * }</pre>
 *
 * <p>When the drill fails midway: {@link #interrupted} with the reason, then the same.
 */
public final class DrillLog {
  final String home;
  final String away;
  final Instant start;
  final List<DrillSample> homeSamples = new ArrayList<>();
  final List<DrillSample> awaySamples = new ArrayList<>();
  final List<DrillEvent> events = new ArrayList<>();
  final List<DrillPhase> phases = new ArrayList<>();
  final List<AuditedWindow> audit = new ArrayList<>();
  final List<String> findings = new ArrayList<>();
  Optional<String> interrupted = Optional.empty();
  String options = "";

  private final Clock clock;
  private @Nullable String phase;
  private Instant phaseBegan;

  /**
   * Begins a drill now.
   *
   * @param home name of the Region that is active at the start
   * @param away name of the other one
   */
  public DrillLog(String home, String away, Clock clock) {
    this.home = home;
    this.away = away;
    this.clock = clock;
    this.start = clock.instant();
    this.phaseBegan = start;
  }

  /** What the drill was started with, for people. */
  public synchronized void options(String text) {
    options = text;
  }

  /** What a Region did in the last second; times of one Region grow. */
  public synchronized void sample(Side side, DrillSample sample) {
    List<DrillSample> before = side == Side.HOME ? homeSamples : awaySamples;
    if (!before.isEmpty() && sample.time.isBefore(before.get(before.size() - 1).time)) {
      throw new IllegalArgumentException("Sample of " + sample.time + " comes too late");
    }
    before.add(sample);
  }

  /** An event of this moment. */
  public synchronized void event(EventKind kind, Side side, String text) {
    event(new DrillEvent(clock.instant(), kind, side, text));
  }

  /** An event of another moment, such as one that was seen later than it was. */
  public synchronized void event(DrillEvent event) {
    int at = events.size();
    while (at > 0 && events.get(at - 1).time.isAfter(event.time)) {
      at--;
    }
    events.add(at, event);
  }

  /** A phase begins; one that has not ended ends unchecked. */
  public synchronized void phase(String name) {
    if (phase != null) {
      checked("");
    }
    phase = name;
    phaseBegan = clock.instant();
  }

  /**
   * The phase that began last is done.
   *
   * @param how that was made sure, and what was found
   * @throws IllegalStateException if there is none
   */
  public synchronized void checked(String how) {
    if (phase == null) {
      throw new IllegalStateException("No phase has begun");
    }
    phases.add(new DrillPhase(phase, phaseBegan, clock.instant(), how));
    phase = null;
  }

  /** A result of the audit, in the order of the page. */
  public synchronized void audited(AuditedWindow window) {
    audit.add(window);
  }

  /** Something that is wrong and where to look, such as the first record that is lost. */
  public synchronized void finding(String sentence) {
    findings.add(sentence);
  }

  /** The drill cannot go on; the phase that began last is not done. */
  public synchronized void interrupted(String reason) {
    interrupted = Optional.of(reason);
  }

  /** What has happened until now. */
  public synchronized DrillRun run(DrillTotals totals) {
    if (phase != null) {
      phases.add(new DrillPhase(phase, phaseBegan, null, ""));
      phase = null;
    }
    return new DrillRun(this, clock.instant(), totals);
  }
}
