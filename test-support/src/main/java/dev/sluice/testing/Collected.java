package dev.sluice.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The records of one {@link CollectingSink}: arrived, in prepared batches, finished. */
final class Collected {
  private final List<Object> received = new ArrayList<>();
  private final List<Object> finished = new ArrayList<>();
  private final Map<String, List<Object>> prepared = new HashMap<>();
  private final Set<String> committed = new HashSet<>();

  synchronized void receive(Object element) {
    received.add(element);
  }

  /** Returns the id under which the batch is committed later, maybe by another attempt. */
  synchronized String prepare(List<Object> batch) {
    String id = UUID.randomUUID().toString();
    prepared.put(id, batch);
    return id;
  }

  /** Finishes a batch once; false if it was finished before, as after a restart in mid-commit. */
  synchronized boolean commit(String id) {
    if (!committed.add(id)) {
      return false;
    }
    List<Object> batch = prepared.remove(id);
    if (batch == null) {
      throw new IllegalStateException(
          "Cannot commit batch '" + id + "': it was collected by another process");
    }
    finished.addAll(batch);
    return true;
  }

  synchronized List<Object> received() {
    return List.copyOf(received);
  }

  synchronized List<Object> finished() {
    return List.copyOf(finished);
  }
}
