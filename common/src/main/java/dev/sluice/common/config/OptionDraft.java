package dev.sluice.common.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link JobOption} holds: a method copies it, changes one thing and makes the next option
 * of it.
 */
final class OptionDraft<T> {
  final String key;
  final OptionType<T> type;
  final List<Rule<T>> rules = new ArrayList<>();
  @Nullable T defaultValue;
  String defaultWords = "";
  boolean mustBeSet;
  String unit = "";
  String description = "";
  String shortName = "";

  OptionDraft(String key, OptionType<T> type) {
    this.key = key;
    this.type = type;
  }

  OptionDraft(OptionDraft<T> other) {
    this(other.key, other.type);
    rules.addAll(other.rules);
    defaultValue = other.defaultValue;
    defaultWords = other.defaultWords;
    mustBeSet = other.mustBeSet;
    unit = other.unit;
    description = other.description;
    shortName = other.shortName;
  }

  /** People read of it behind the description. */
  void named(String name) {
    shortName = name;
    description += " Short: '--" + name + "'.";
  }

  /** The first rule that the value breaks, in words. */
  Optional<String> brokenBy(T value) {
    return rules.stream()
        .filter(rule -> !rule.holds.test(value))
        .map(rule -> rule.words)
        .findFirst();
  }

  /** A check and its words, which follow "Option 'x'". */
  static final class Rule<T> {
    final Predicate<T> holds;
    final String words;

    Rule(Predicate<T> holds, String words) {
      this.holds = holds;
      this.words = words;
    }
  }
}
