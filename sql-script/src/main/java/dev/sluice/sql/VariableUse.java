package dev.sluice.sql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code ${name}} or {@code ${name:type}} at a place in a script. Immutable. */
final class VariableUse {
  static final String NAME = "[A-Za-z][A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)*";

  private static final Pattern FORM = Pattern.compile("\\$\\{(" + NAME + ")(?::([a-z]+))?}");

  final String name;
  final @Nullable VariableType type;

  private VariableUse(String name, @Nullable VariableType type) {
    this.name = name;
    this.type = type;
  }

  /** Empty if it has not that form, or names no type. */
  static Optional<VariableUse> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String word = parts.group(2);
    if (word == null) {
      return Optional.of(new VariableUse(parts.group(1), null));
    }
    return VariableType.named(word).map(type -> new VariableUse(parts.group(1), type));
  }
}
