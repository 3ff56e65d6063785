package dev.sluice.common.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts of options by key with where they came from, and what was wrong on the way; later puts win.
 * Not thread-safe.
 */
final class RawOptions {
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final List<OptionProblem> problems = new ArrayList<>();

  void put(String key, String text, Origin origin) {
    values.put(key, new Value(text, origin));
  }

  boolean contains(String key) {
    return values.containsKey(key);
  }

  void problem(OptionProblem problem) {
    problems.add(problem);
  }

  /** Adds what the other has; its values win. */
  void addAll(RawOptions other) {
    values.putAll(other.values);
    problems.addAll(other.problems);
  }

  Map<String, Value> values() {
    return values;
  }

  List<OptionProblem> problems() {
    return problems;
  }

  /** A text as it was given, not yet checked. */
  static final class Value {
    final String text;
    final Origin origin;

    Value(String text, Origin origin) {
      this.text = text;
      this.origin = origin;
    }
  }
}
