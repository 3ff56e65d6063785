package dev.sluice.common.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Options whose names nobody declares: {@code variables.NAME} stands for all of its group. */
final class OptionGroup {
  private static final String ANY_NAME = "NAME";

  private OptionGroup() {}

  /** What tables and messages show. */
  static String key(String group) {
    return group + "." + ANY_NAME;
  }

  /** Whether the key is one of those that the option stands for. */
  static boolean holds(JobOption<?> option, String key) {
    String prefix = prefix(option);
    return option.isGroup() && key.startsWith(prefix) && key.length() > prefix.length();
  }

  /** Texts by name, sorted. */
  static Map<String, String> texts(JobOption<?> option, RawOptions all) {
    Map<String, String> texts = new TreeMap<>();
    all.values()
        .forEach(
            (key, value) -> {
              if (holds(option, key)) {
                texts.put(key.substring(prefix(option).length()), value.text);
              }
            });
    return Collections.unmodifiableMap(texts);
  }

  private static String prefix(JobOption<?> option) {
    return option.key().substring(0, Math.max(0, option.key().length() - ANY_NAME.length()));
  }
}
