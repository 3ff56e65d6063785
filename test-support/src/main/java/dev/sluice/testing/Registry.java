package dev.sluice.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the test and the tasks of its mini cluster share, as Flink copies all that it is given. */
final class Registry<V> {
  private final Map<String, V> entries = new ConcurrentHashMap<>();
  private final String owner;

  Registry(String owner) {
    this.owner = owner;
  }

  void put(String id, V value) {
    entries.put(id, value);
  }

  void remove(String id) {
    entries.remove(id);
  }

  V get(String id) {
    V value = entries.get(id);
    if (value == null) {
      throw new IllegalStateException(
          owner + " '" + id + "' is closed, or belongs to another process");
    }
    return value;
  }
}
