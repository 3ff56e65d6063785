package dev.sluice.common.sink.kinesis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The records of one key that are not acknowledged, in their order. Only its first bundle is ever
 * under way.
 */
final class KeyQueue<T> {
  final String key;
  private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
  private @Nullable Bundle<T> first;
  private boolean packs = true;

  /** When the first bundle became free to go, or is to be tried again: milliseconds. */
  long since;

  KeyQueue(String key) {
    this.key = key;
  }

  void add(Waiting<T> record) {
    waiting.addLast(record);
  }

  boolean isEmpty() {
    return waiting.isEmpty() && first == null;
  }

  int size() {
    return waiting.size() + (first == null ? 0 : first.records.size());
  }

  /** Bytes of what goes next, before it is packed. */
  int nextBytes() {
    return first == null ? waiting.getFirst().entry.size() : first.entry.size();
  }

  /** What goes next; the same until {@link #done} or {@link #unpack}. */
  Bundle<T> first(PutSettings settings) {
    Bundle<T> next = first;
    if (next == null) {
      int run = settings.packing == Packing.AGGREGATE && packs ? run(settings) : 1;
      List<Waiting<T>> records = new ArrayList<>(run);
      for (int i = 0; i < run; i++) {
        records.add(waiting.removeFirst());
      }
      next =
          new Bundle<>(records, run == 1 ? records.get(0).entry : KplAggregateWriter.pack(records));
      first = next;
    }
    return next;
  }

  /** Records from the head on that fit into one aggregate; at least 1. */
  private int run(PutSettings settings) {
    StreamEntry head = waiting.getFirst().entry;
    int bytes = KplAggregateWriter.overhead(head);
    int records = 0;
    for (Iterator<Waiting<T>> each = waiting.iterator(); each.hasNext(); records++) {
      StreamEntry entry = each.next().entry;
      bytes += KplAggregateWriter.bytesOf(entry);
      if (bytes > Math.min(settings.packedBytes, settings.recordBytes)
          || !entry.isPlacedAs(head)
          || KplAggregateWriter.isPacked(entry)) {
        break;
      }
    }
    return Math.max(1, records);
  }

  void done() {
    first = null;
    packs = true;
  }

  /** The aggregate was refused: its records go one by one until the next is through. */
  void unpack() {
    Bundle<T> packed = Objects.requireNonNull(first);
    for (int i = packed.records.size() - 1; i >= 0; i--) {
      waiting.addFirst(packed.records.get(i));
    }
    first = null;
    packs = false;
  }
}
