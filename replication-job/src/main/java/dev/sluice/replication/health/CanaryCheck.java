package dev.sluice.replication.health;

import dev.sluice.common.sink.kinesis.StreamProbe;
import dev.sluice.replication.health.CanaryRound.Outcome;
import org.jspecify.annotations.Nullable;

/** What a few canaries in a row say of a stream, for who asks once. Immutable. */
public final class CanaryCheck {
  private final int rounds;
  private final int good;
  private final int failed;
  private final @Nullable String trouble;

  private CanaryCheck(int rounds, int good, int failed, @Nullable String trouble) {
    this.rounds = rounds;
    this.good = good;
    this.failed = failed;
    this.trouble = trouble;
  }

  /**
   * Sends canaries one after the other; leaves the probe open. One more goes first and does not
   * count: connections and classes that have to be made take longer than an answer may.
   */
  public static CanaryCheck of(StreamProbe probe, int rounds) throws InterruptedException {
    Canary canary = new Canary(probe, HealthMonitor::pause);
    CanaryRound warm = canary.round();
    int good = 0;
    int failed = 0;
    String trouble = warm.trouble;
    for (int i = 0; i < rounds; i++) {
      CanaryRound round = canary.round();
      good += round.allSucceeded() ? 1 : 0;
      failed += round.put == Outcome.FAILED || round.get == Outcome.FAILED ? 1 : 0;
      trouble = round.trouble == null ? trouble : round.trouble;
    }
    return new CanaryCheck(rounds, good, failed, trouble);
  }

  /** All were stored and found again. */
  public boolean isGood() {
    return good == rounds;
  }

  /**
   * At least half met an error of the service or of the way to it, or no stream. A few canaries can
   * tell no less; a {@link HealthMonitor} can.
   */
  public boolean isFailing() {
    return 2 * failed >= rounds;
  }

  @Override
  public String toString() {
    return good
        + " of "
        + rounds
        + " canaries came back, "
        + failed
        + " failed"
        + (trouble == null ? "" : "; last trouble: " + trouble);
  }
}
