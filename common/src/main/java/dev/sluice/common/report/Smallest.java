package dev.sluice.common.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Keeps the first few elements by an order, whatever the order in which they come. */
public final class Smallest<T> {
  private final int limit;
  private final Comparator<T> order;
  private final PriorityQueue<T> kept;

  /**
   * Nothing yet.
   *
   * @param limit at least 1
   */
  public Smallest(int limit, Comparator<T> order) {
    this.limit = limit;
    this.order = order;
    this.kept = new PriorityQueue<>(order.reversed());
  }

  /** Takes an element, and gives back the one that found no place: this or an earlier one. */
  public Optional<T> offer(T element) {
    kept.add(element);
    return kept.size() > limit ? Optional.of(kept.remove()) : Optional.empty();
  }

  /** What is kept, in order. */
  public List<T> sorted() {
    List<T> elements = new ArrayList<>(kept);
    elements.sort(order);
    return elements;
  }
}
