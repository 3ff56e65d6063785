package dev.sluice.common.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Collects broken rules that concern more than one option, so that a settings class reports all of
 * them together.
 *
 * <pre>{@code
 * arguments.check(
 *     problems ->
 *         problems
 *             .require(minPause.compareTo(interval) <= 0, MIN_PAUSE, "must not be longer than 'checkpoint.interval'", INTERVAL)
 *             .require(…));
 * }</pre>
 */
public final class Problems {
  private final JobArguments arguments;
  private final List<OptionProblem> found = new ArrayList<>();

  Problems(JobArguments arguments) {
    this.arguments = arguments;
  }

  /**
   * Notes a problem unless the rule holds.
   *
   * @param option whose value is to be changed to mend it; its value and origin are shown
   * @param rule follows "Option 'x'": {@code must not be longer than 'checkpoint.interval'}
   * @param alsoReads the other options that the rule looks at. If one of them, or {@code option},
   *     already has a mistake, the rule is skipped: its answer would be about a value that nobody
   *     gave.
   */
  public Problems require(
      boolean holds, JobOption<?> option, String rule, JobOption<?>... alsoReads) {
    boolean readsMistake =
        Stream.concat(Stream.of(option), Stream.of(alsoReads)).anyMatch(arguments::isFaulty);
    if (!holds && !readsMistake) {
      found.add(
          arguments
              .shown(option)
              .map(
                  value ->
                      OptionProblem.ofValue(option.key(), value, rule, arguments.origin(option)))
              .orElseGet(() -> OptionProblem.ofOption(option.key(), rule)));
    }
    return this;
  }

  List<OptionProblem> found() {
    return found;
  }
}
