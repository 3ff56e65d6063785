package dev.sluice.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Secrets by reference: SQL holds a placeholder in place of each, so that no statement, no plan and
 * no message has the secret; options of a table get it when the table is created.
 *
 * <p>For the thread of main() alone.
 */
public final class Secrets {
  static final String MASK = "******";

  private final Function<String, @Nullable String> environment;
  private final Map<String, String> byPlaceholder = new LinkedHashMap<>();
  private final Map<String, String> placeholders = new LinkedHashMap<>();

  public Secrets() {
    this(System::getenv);
  }

  Secrets(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * What stands in SQL for the secret.
   *
   * @throws IllegalArgumentException with the rule that the reference breaks
   */
  String placeholder(String reference) {
    String known = placeholders.get(reference);
    if (known != null) {
      return known;
    }
    String secret = read(reference);
    String placeholder = "sluice-secret-" + UUID.randomUUID();
    placeholders.put(reference, placeholder);
    byPlaceholder.put(placeholder, secret);
    return placeholder;
  }

  private String read(String reference) {
    String secret =
        reference.startsWith("env:")
            ? environment.apply(reference.substring("env:".length()))
            : readFile(reference).orElse(null);
    if (secret == null || secret.isEmpty()) {
      throw new IllegalArgumentException("refers to nothing");
    }
    return secret;
  }

  /** Without line ends at its end, which editors add. */
  private static Optional<String> readFile(String location) {
    try {
      Path path = new Path(location);
      try (FSDataInputStream in = path.getFileSystem().open(path)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return Optional.of(text.replaceAll("[\\r\\n]+\\z", ""));
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      return Optional.empty(); // the location may be the secret itself, put in the wrong place
    }
  }

  /** Options with the secrets in them. */
  Map<String, String> reveal(Map<String, String> options) {
    Map<String, String> revealed = new LinkedHashMap<>();
    options.forEach((key, value) -> revealed.put(key, byPlaceholder.getOrDefault(value, value)));
    return revealed;
  }

  /** A message of somebody else's, as it came, without secrets. */
  String mask(String message) {
    String masked = message;
    for (String placeholder : byPlaceholder.keySet()) {
      masked = masked.replace(placeholder, MASK);
    }
    for (String secret : longestFirst()) {
      masked = masked.replace(secret, MASK).replace(secret.replace("'", "''"), MASK);
    }
    return masked;
  }

  /** One may be a part of another. */
  private List<String> longestFirst() {
    return byPlaceholder.values().stream()
        .sorted(Comparator.comparing(String::length).reversed())
        .collect(Collectors.toList());
  }
}
