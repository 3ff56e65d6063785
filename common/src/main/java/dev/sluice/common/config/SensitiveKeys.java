package dev.sluice.common.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * Knows which configuration keys hold secrets, so that their values are not printed.
 *
 * <p>Covers what Flink 1.20 covers ({@link GlobalConfiguration#isSensitive}) and what that misses:
 * {@code s3.access.key}, {@code s3.access-key}, {@code fs.s3a.access.key}, {@code …accessKeyId},
 * credentials (FLINK-39561).
 */
public final class SensitiveKeys {
  private static final List<String> PARTS =
      List.of(
          "secret",
          "password",
          "passwd",
          "token",
          "credential",
          "private-key",
          "privatekey",
          "access-key",
          "access.key",
          "access_key",
          "accesskey");

  private SensitiveKeys() {}

  public static boolean contains(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return GlobalConfiguration.isSensitive(key) || PARTS.stream().anyMatch(lower::contains);
  }

  /** The value, or {@link Secret#MASK} if the key says that it is a secret. */
  public static String redact(String key, String value) {
    return contains(key) ? Secret.MASK : value;
  }

  /**
   * All entries as {@code {key=value, …}}, sorted, secrets masked: the only way in which Sluice
   * prints a configuration.
   */
  public static String describe(Configuration configuration) {
    Map<String, String> sorted = new TreeMap<>(configuration.toMap());
    return sorted.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + redact(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
