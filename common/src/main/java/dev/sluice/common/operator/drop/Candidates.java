package dev.sluice.common.operator.drop;

import java.util.Objects;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a key from which a drop may start: a deque in which times rise and prices do not. A
 * row that is lower than a later one is not in it, as the later one is the better start for longer.
 *
 * <p>The deque is a ring of numbered slots, each an entry of map state. Between {@link #load} and
 * {@link #store} it belongs to one key.
 */
final class Candidates {
  /** There is no timer for it. */
  static final long NO_CLEANUP = Long.MIN_VALUE;

  private final DropRule rule;
  private final MapState<Long, Candidate> slots;
  private final ValueState<CandidateEnds> savedEnds;

  private CandidateEnds ends = new CandidateEnds();
  private boolean changed;

  Candidates(RuntimeContext context, DropRule rule) {
    this.rule = rule;
    this.slots =
        context.getMapState(
            new MapStateDescriptor<>(
                "candidates", Types.LONG, TypeInformation.of(Candidate.class)));
    this.savedEnds =
        context.getState(
            new ValueStateDescriptor<>("candidate-ends", TypeInformation.of(CandidateEnds.class)));
  }

  void load() throws Exception {
    CandidateEnds saved = savedEnds.value();
    ends = saved == null ? new CandidateEnds() : saved;
    changed = false;
  }

  void store() throws Exception {
    if (!changed) {
      return;
    }
    if (ends.cleanup == NO_CLEANUP) {
      savedEnds.clear(); // nothing is left: what is there has a timer
    } else {
      savedEnds.update(ends);
    }
  }

  /**
   * Takes the next row of the key.
   *
   * @return the row that the price fell from, if a drop is complete
   */
  @Nullable Candidate see(long time, double price) throws Exception {
    changed = true;
    removeOld(time);
    if (!isEmpty() && price <= ends.headPrice - rule.drop) {
      Candidate start = new Candidate(ends.headTime, ends.headPrice);
      removeAll();
      return start;
    }
    while (!isEmpty() && ends.lastPrice < price) {
      removeLast();
    }
    if (price >= rule.leastStart) {
      append(time, price);
    }
    return null;
  }

  /**
   * Removes what is too old, if that time has come.
   *
   * @return a timer to set, or {@link #NO_CLEANUP}: there is one for each key with candidates, and
   *     not one for each candidate
   */
  long cleanUp(long time) throws Exception {
    boolean due = ends.cleanup != NO_CLEANUP && ends.cleanup <= time;
    if (due) {
      changed = true;
      removeOld(time);
      ends.cleanup = NO_CLEANUP;
    }
    if (isEmpty() || ends.cleanup != NO_CLEANUP) {
      return NO_CLEANUP;
    }
    ends.cleanup = ends.lastTime + rule.withinMillis;
    return ends.cleanup;
  }

  private boolean isEmpty() {
    return ends.head == ends.tail;
  }

  private void append(long time, double price) throws Exception {
    slots.put(ends.tail, new Candidate(time, price));
    if (isEmpty()) {
      ends.headTime = time;
      ends.headPrice = price;
    }
    ends.lastTime = time;
    ends.lastPrice = price;
    ends.tail++;
  }

  private void removeOld(long time) throws Exception {
    while (!isEmpty() && time - ends.headTime >= rule.withinMillis) {
      slots.remove(ends.head);
      ends.head++;
      if (!isEmpty()) {
        Candidate head = at(ends.head);
        ends.headTime = head.time;
        ends.headPrice = head.price;
      }
    }
  }

  private void removeLast() throws Exception {
    ends.tail--;
    slots.remove(ends.tail);
    if (!isEmpty()) {
      Candidate last = at(ends.tail - 1);
      ends.lastTime = last.time;
      ends.lastPrice = last.price;
    }
  }

  private void removeAll() throws Exception {
    for (long slot = ends.head; slot < ends.tail; slot++) {
      slots.remove(slot);
    }
    ends.head = ends.tail;
  }

  private Candidate at(long slot) throws Exception {
    return Objects.requireNonNull(slots.get(slot), "Slot of a candidate is empty");
  }
}
