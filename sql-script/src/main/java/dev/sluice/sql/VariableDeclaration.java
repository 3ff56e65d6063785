package dev.sluice.sql;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A variable as the head of a script declares it: {@code -- @variable NAME TYPE = DEFAULT; what it
 * is for}. Without a default it must be given. Immutable.
 */
public final class VariableDeclaration {
  private static final Pattern FORM =
      Pattern.compile(
          "(" + VariableUse.NAME + ")\\s+([a-z]+)\\s*(?:=\\s*([^;]*?)\\s*)?(?:;\\s*(.*?)\\s*)?");

  private final String name;
  private final VariableType type;
  private final @Nullable String defaultValue;
  private final String description;

  private VariableDeclaration(
      String name, VariableType type, @Nullable String defaultValue, String description) {
    this.name = name;
    this.type = type;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /**
   * @throws IllegalArgumentException with the rule that is broken
   */
  static VariableDeclaration parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "A variable is declared as '@variable NAME TYPE = DEFAULT; what it is for'");
    }
    VariableType type =
        VariableType.named(parts.group(2))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The type of a variable is one of " + VariableType.names()));
    String value = parts.group(3);
    if (value != null) {
      type.refuses(value)
          .ifPresent(
              rule -> {
                throw new IllegalArgumentException("The default of the variable " + rule);
              });
    }
    String description = parts.group(4) == null ? "" : parts.group(4);
    return new VariableDeclaration(parts.group(1), type, value, description);
  }

  public String name() {
    return name;
  }

  public VariableType type() {
    return type;
  }

  public Optional<String> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  public String description() {
    return description;
  }

  /** Whether the other has the same type and default. */
  boolean means(VariableDeclaration other) {
    return type == other.type && Objects.equals(defaultValue, other.defaultValue);
  }
}
