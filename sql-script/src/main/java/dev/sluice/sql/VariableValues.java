package dev.sluice.sql;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Values of variables as somebody gave them, unchecked, with where they came from. Immutable. */
public final class VariableValues {
  /** Nothing but defaults. */
  public static final VariableValues NONE = of(Map.of(), "");

  private final Map<String, String> texts;
  private final String origin;

  private VariableValues(Map<String, String> texts, String origin) {
    this.texts = new TreeMap<>(texts);
    this.origin = origin;
  }

  /**
   * Values by name of variable.
   *
   * @param origin for messages: {@code options}, {@code test.properties}
   */
  public static VariableValues of(Map<String, String> texts, String origin) {
    return new VariableValues(texts, origin);
  }

  Map<String, String> texts() {
    return texts;
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  String origin() {
    return origin;
  }
}
