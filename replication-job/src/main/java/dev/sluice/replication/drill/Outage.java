package dev.sluice.replication.drill;

import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Home is lost: no request gets through. It begins with writes that are stored but whose answers
 * are lost; then, in turn, connections are reset, requests hang, and are answered with 500 and 503.
 */
final class Outage implements AutoCloseable {
  static final String WORDS = "lost answers; then resets, hangs, 500 and 503 in turn";
  private static final Duration TURN = Duration.ofSeconds(2);
  private static final int LOST_ANSWERS = 10; // canaries meet some of them

  private final DrillSite site;
  private final List<Fault> inTurn;
  private final Thread thread = new Thread(this::turn, "drill-outage");
  private volatile boolean over;

  private Outage(DrillSite site) {
    this.site = site;
    FaultProxy front = site.front;
    front.clear(); // of rules the first one decides
    front.add(FaultRule.of(FaultAction.forwardThenReset(), "PutRecords").atMost(LOST_ANSWERS));
    inTurn =
        List.of(
            front.add(FaultRule.of(FaultAction.reset())),
            front.add(FaultRule.of(FaultAction.hang()).disabled()),
            front.add(FaultRule.of(FaultAction.answer(500, "InternalFailure")).disabled()),
            front.add(FaultRule.of(FaultAction.answer(503, "ServiceUnavailable")).disabled()));
    thread.setDaemon(true);
  }

  static Outage begin(DrillSite site) {
    Outage outage = new Outage(site);
    outage.thread.start();
    return outage;
  }

  private void turn() {
    try {
      for (int at = 0; !over; at = (at + 1) % inTurn.size()) {
        Fault now = inTurn.get(at);
        now.enable();
        inTurn.stream().filter(other -> other != now).forEach(Fault::disable);
        inTurn.forEach(Fault::release); // what hung is cut off, never forwarded
        Patience.pass(TURN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the outage is over
    }
  }

  /** Home answers again. */
  void end() throws InterruptedException {
    close();
    site.heal();
  }

  /** Faults take no more turns. */
  @Override
  public void close() throws InterruptedException {
    over = true;
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(10));
  }
}
