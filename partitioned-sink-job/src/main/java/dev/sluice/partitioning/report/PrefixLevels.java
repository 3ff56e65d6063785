package dev.sluice.partitioning.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the levels of prefixes are good for in a picture: the first one that differs groups, and one
 * with few values colours. Memory: a few values per level. Not thread-safe.
 */
final class PrefixLevels {
  private static final int LEVELS = 16;
  private static final int COLOURS = 6;

  private final List<Level> levels = new ArrayList<>();

  void add(String prefix) {
    String[] parts = parts(prefix);
    for (int i = 0; i < Math.min(parts.length, LEVELS); i++) {
      if (i == levels.size()) {
        levels.add(new Level(keyOf(parts[i])));
      }
      levels.get(i).add(parts[i]);
    }
  }

  /** The first level on which prefixes differ. */
  int group() {
    for (int i = 0; i < levels.size(); i++) {
      if (levels.get(i).values.size() > 1) {
        return i;
      }
    }
    return 0;
  }

  /** The first level below it with two to six values; -1 if there is none. */
  int colour() {
    for (int i = group() + 1; i < levels.size(); i++) {
      int values = levels.get(i).values.size();
      if (values > 1 && values <= COLOURS) {
        return i;
      }
    }
    return -1;
  }

  /** {@code customer_id} if all parts on the level begin with it, otherwise {@code level 1}. */
  String name(int level) {
    String key = level < levels.size() ? levels.get(level).key : "";
    return key.isEmpty() ? "level " + (level + 1) : key;
  }

  /** The part of a prefix on a level, without the level's key; empty if the prefix ends before. */
  String value(String prefix, int level) {
    String[] parts = parts(prefix);
    return level >= 0 && level < parts.length ? withoutKey(parts[level], level) : "";
  }

  /** What neither groups nor colours. */
  String rest(String prefix) {
    List<String> rest = new ArrayList<>();
    String[] parts = parts(prefix);
    for (int i = group() + 1; i < parts.length; i++) {
      if (i != colour()) {
        rest.add(withoutKey(parts[i], i));
      }
    }
    return String.join("/", rest);
  }

  private String withoutKey(String part, int level) {
    String key = level < levels.size() ? levels.get(level).key : "";
    return key.isEmpty() ? part : part.substring(key.length() + 1);
  }

  private static String[] parts(String prefix) {
    int end = prefix.endsWith("/") ? prefix.length() - 1 : prefix.length();
    return prefix.substring(0, end).split("/", -1);
  }

  private static String keyOf(String part) {
    return part.substring(0, Math.max(0, part.indexOf('=')));
  }

  private static final class Level {
    final Set<String> values = new HashSet<>();
    String key;

    Level(String key) {
      this.key = key;
    }

    void add(String part) {
      if (!keyOf(part).equals(key)) {
        key = "";
      }
      if (values.size() <= COLOURS) {
        values.add(part);
      }
    }
  }
}
