package dev.sluice.common.operator.microbatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some elements of a stream, in its order, and what became of each. Not thread-safe.
 *
 * @param <I> element of the input
 * @param <O> element of the output
 */
public final class Batch<I, O> {
  private final List<I> elements;
  private final List<@Nullable Outcome<O>> outcomes;

  Batch(List<I> elements) {
    this.elements = elements;
    this.outcomes = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      outcomes.add(null);
    }
  }

  /** Number of elements, at least 1. */
  public int size() {
    return elements.size();
  }

  /** The element at a position from 0 to {@code size() - 1}. */
  public I get(int position) {
    return elements.get(position);
  }

  /** Emits this for the element at the position. */
  public void accept(int position, O output) {
    decide(position, new Outcome<>(output, "", ""));
  }

  /**
   * Makes the element at the position a dead letter.
   *
   * @param code stable, in kebab-case: {@code image-truncated}; counted by this code
   * @param message what failed, on which value, by which rule
   */
  public void reject(int position, String code, String message) {
    decide(position, new Outcome<>(null, code, message));
  }

  /** What became of the element, or null if nothing yet. */
  @Nullable Outcome<O> outcome(int position) {
    return outcomes.get(position);
  }

  /** Positions that nothing was decided for yet, ascending. */
  List<Integer> undecided() {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (outcomes.get(i) == null) {
        positions.add(i);
      }
    }
    return positions;
  }

  /** A batch of its own of the elements at these positions. */
  Batch<I, O> part(List<Integer> positions) {
    List<I> part = new ArrayList<>(positions.size());
    for (int position : positions) {
      part.add(elements.get(position));
    }
    return new Batch<>(part);
  }

  /** Takes over what was decided in the {@link #part} of these positions. */
  void adopt(List<Integer> positions, Batch<I, O> part) {
    for (int i = 0; i < part.size(); i++) {
      outcomes.set(positions.get(i), part.outcomes.get(i));
    }
  }

  private void decide(int position, Outcome<O> outcome) {
    if (outcomes.get(position) != null) {
      throw new IllegalStateException(
          "Element " + position + " of a batch of " + size() + " was decided twice");
    }
    outcomes.set(position, outcome);
  }

  /** An output, or the code and message of a rejection. */
  static final class Outcome<O> {
    final @Nullable O output;
    final String code;
    final String message;

    Outcome(@Nullable O output, String code, String message) {
      this.output = output;
      this.code = code;
      this.message = message;
    }
  }
}
