package dev.sluice.sql;

import java.util.List;
import java.util.Optional;

/**
 * Hints that Flink understands and a compiled plan forgets: it holds no options of tables, so that
 * such a hint would have no effect. Stateless.
 */
final class OptionsHint {
  private static final String RULE =
      "An OPTIONS hint has no effect: say it in WITH, or give it to the job as"
          + " --tables.TABLE.KEY=VALUE";

  private OptionsHint() {}

  /** The first one in a statement. */
  static Optional<ScriptProblem> find(Statement statement) {
    List<Token> tokens = statement.tokens();
    boolean inHint = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("/*+")) {
        inHint = true;
      } else if (token.is("*/")) {
        inHint = false;
      } else if (inHint && token.is("OPTIONS")) {
        return Optional.of(statement.problem(token.start, RULE));
      }
    }
    return Optional.empty();
  }
}
