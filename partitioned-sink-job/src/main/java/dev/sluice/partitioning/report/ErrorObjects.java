package dev.sluice.partitioning.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Tells by its name whether an object may hold dead letters. Immutable. */
final class ErrorObjects {
  private static final Pattern EXPRESSION = Pattern.compile("!\\{[^}]*\\}");

  private final List<Pattern> prefixes = new ArrayList<>();

  /**
   * @param forms of prefixes, with expressions for what only an object knows
   */
  ErrorObjects(List<String> forms) {
    for (String form : forms) {
      StringBuilder pattern = new StringBuilder();
      for (String text : EXPRESSION.split(form, -1)) {
        pattern.append(pattern.length() == 0 ? "" : ".*").append(Pattern.quote(text));
      }
      prefixes.add(Pattern.compile(pattern.toString(), Pattern.DOTALL));
    }
  }

  /** They have no extension, and the prefix is one of theirs. */
  boolean mayHold(FinishedObject object) {
    return object.withoutExtension
        && prefixes.stream().anyMatch(prefix -> prefix.matcher(object.prefix).matches());
  }
}
