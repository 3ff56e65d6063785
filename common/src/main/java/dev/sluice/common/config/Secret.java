package dev.sluice.common.config;

import java.util.Objects;

/**
 * A value that is never shown: {@link #toString} gives six asterisks, whatever the value or its
 * length.
 *
 * <p>Not serialisable on purpose: a secret that travels in a job graph ends in the web interface
 * and in savepoints. Hand {@link #reveal} to the client that needs it, as late as possible.
 */
public final class Secret {
  /** What is printed in place of any secret. */
  public static final String MASK = "******";

  private final String value;

  public Secret(String value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /** The value itself. Never log or concatenate what this returns. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret && ((Secret) other).value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return MASK;
  }
}
