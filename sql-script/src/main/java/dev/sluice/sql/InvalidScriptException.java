package dev.sluice.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Scripts that cannot run; holds all mistakes that were found, in the order of the scripts.
 *
 * <p>It has no cause on purpose: causes quote statements with their values, and those may be
 * secret.
 */
public final class InvalidScriptException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Not for Java serialization: an exception of main() alone. */
  private final transient List<ScriptProblem> problems;

  public InvalidScriptException(List<ScriptProblem> problems) {
    super(problems.stream().map(ScriptProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** At least one. */
  public List<ScriptProblem> problems() {
    return problems;
  }
}
