package dev.sluice.partitioning;

import dev.sluice.partitioning.prefix.PrefixTemplate;
import java.io.Serializable;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Objects;

/** The prefix of dead letters by type of error. Immutable. */
final class ErrorPrefix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final EnumMap<ErrorType, String> byType = new EnumMap<>(ErrorType.class);

  ErrorPrefix(PrefixTemplate template) {
    for (ErrorType type : ErrorType.values()) {
      byType.put(type, template.forError(type.inNames()));
    }
  }

  /** Of all types. */
  Collection<String> all() {
    return byType.values();
  }

  String of(ErrorType type) {
    return Objects.requireNonNull(byType.get(type));
  }
}
