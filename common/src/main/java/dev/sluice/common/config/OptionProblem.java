package dev.sluice.common.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One mistake in the options of a job, as one line without secrets.
 *
 * <p>{@code Option 'batch.size' must be between 1 and 1024, but was '0' (command line)}
 */
public final class OptionProblem {
  private static final int SHOWN_CHARACTERS = 200;

  private final @Nullable String key;
  private final String line;

  private OptionProblem(@Nullable String key, String line) {
    this.key = key;
    this.line = oneLine(line);
  }

  /**
   * @param value as it may be shown
   */
  static OptionProblem ofValue(String key, String value, String rule, Origin origin) {
    return new OptionProblem(
        key, "Option '" + key + "' " + rule + ", but was '" + cut(value) + "' (" + origin + ")");
  }

  /** Something is wrong with an option that has no value to show. */
  static OptionProblem ofOption(String key, String rule) {
    return new OptionProblem(key, "Option '" + key + "' " + rule);
  }

  /** Something is wrong outside of any one option: a file, a bare word. */
  static OptionProblem ofInput(String line) {
    return new OptionProblem(null, line);
  }

  /** The option, if the mistake is about one. */
  public Optional<String> key() {
    return Optional.ofNullable(key);
  }

  @Override
  public String toString() {
    return line;
  }

  static String cut(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }

  private static String oneLine(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replaceAll("\\p{Cntrl}", "?");
  }
}
