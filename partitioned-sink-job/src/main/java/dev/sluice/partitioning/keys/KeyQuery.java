package dev.sluice.partitioning.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a {@code MetadataExtractionQuery} of Firehose, {@code {name: expression, …}}, apart into
 * its expressions, so that each is evaluated in the cheapest way that it allows. Stateless.
 */
final class KeyQuery {
  private static final Pattern NAME =
      Pattern.compile("\\s*(?:([A-Za-z_][A-Za-z0-9_]*)|\"([^\"\\\\]*)\")\\s*(:|$)");

  private KeyQuery() {}

  /**
   * Expressions by name.
   *
   * @return nothing if it is no object with plain names: then only jq can tell
   */
  static Optional<Map<String, String>> expressions(String query) {
    String text = query.trim();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      return Optional.empty();
    }
    Map<String, String> expressions = new LinkedHashMap<>();
    String inside = text.substring(1, text.length() - 1);
    int at = 0;
    while (at <= inside.length()) {
      int end = endOfEntry(inside, at);
      if (end < 0 || !add(inside.substring(at, end), expressions)) {
        return Optional.empty();
      }
      at = end + 1;
    }
    return Optional.of(expressions);
  }

  private static boolean add(String entry, Map<String, String> to) {
    Matcher name = NAME.matcher(entry);
    if (!name.lookingAt()) {
      return false;
    }
    String key = name.group(1) != null ? name.group(1) : name.group(2);
    String expression =
        name.group(3).isEmpty() ? ".[\"" + key + "\"]" : entry.substring(name.end()).trim();
    return !expression.isEmpty() && to.put(key, expression) == null;
  }

  /** The comma behind an entry, or the end; -1 if brackets or quotes do not match. */
  private static int endOfEntry(String text, int from) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        i = endOfString(text, i);
        if (i < 0) {
          return -1;
        }
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
        if (depth < 0) {
          return -1;
        }
      } else if (c == ',' && depth == 0) {
        return i;
      }
    }
    return depth == 0 ? text.length() : -1;
  }

  private static int endOfString(String text, int open) {
    for (int i = open + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '"') {
        return i;
      }
    }
    return -1;
  }
}
