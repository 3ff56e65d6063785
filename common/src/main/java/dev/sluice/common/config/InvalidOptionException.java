package dev.sluice.common.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The options of a job are wrong; holds all mistakes that were found. The message has one line for
 * each and no secret.
 *
 * <p>It has no cause on purpose: causes of parse failures quote the text that they could not read,
 * and that may be a secret.
 */
public final class InvalidOptionException extends RuntimeException {
  private final List<OptionProblem> problems;

  public InvalidOptionException(List<OptionProblem> problems) {
    super(problems.stream().map(OptionProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /**
   * For a settings class that checks a value without {@link JobArguments} at hand.
   *
   * @param rule follows "Option 'x'": {@code must be positive}
   */
  public <T> InvalidOptionException(JobOption<T> option, T value, String rule) {
    this(
        List.of(
            OptionProblem.ofOption(
                option.key(), rule + ", but was '" + OptionProblem.cut(option.show(value)) + "'")));
  }

  /** At least one. */
  public List<OptionProblem> problems() {
    return problems;
  }
}
