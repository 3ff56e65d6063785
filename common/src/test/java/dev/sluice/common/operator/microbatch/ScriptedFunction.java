package dev.sluice.common.operator.microbatch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;

/** Doubles numbers; throws on, or rejects, those that the test names; remembers its batches. */
final class ScriptedFunction implements BatchFunction<Long, Long> {
  private static final long serialVersionUID = 1L;

  final Set<Long> poisonous = new HashSet<>();
  final Set<Long> rejected = new HashSet<>();
  final List<List<Long>> batches = new ArrayList<>();
  boolean acceptsBeforeItThrows;
  boolean opened;
  boolean closed;

  @Override
  public void open(RuntimeContext context) {
    opened = true;
  }

  @Override
  public void apply(Batch<Long, Long> batch) {
    List<Long> elements = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      elements.add(batch.get(i));
    }
    batches.add(elements);
    if (!acceptsBeforeItThrows) {
      elements.forEach(this::throwIfPoisonous);
    }
    for (int i = 0; i < batch.size(); i++) {
      throwIfPoisonous(batch.get(i));
      if (rejected.contains(batch.get(i))) {
        batch.reject(i, "odd-number", "Cannot double '" + batch.get(i) + "'");
      } else {
        batch.accept(i, 2 * batch.get(i));
      }
    }
  }

  private void throwIfPoisonous(long element) {
    if (poisonous.contains(element)) {
      throw new IllegalArgumentException("poison " + element);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
