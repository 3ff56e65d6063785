package dev.sluice.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a MATCH_RECOGNIZE keeps, read from its words. Stateless. */
final class PatternState {
  private PatternState() {}

  /** Warnings about every pattern of a statement. */
  static List<ScriptProblem> check(Statement statement) {
    List<ScriptProblem> warnings = new ArrayList<>();
    List<Token> tokens = statement.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is("MATCH_RECOGNIZE")) {
        int end = closing(tokens, i + 1);
        checkPattern(statement, tokens.subList(i, end), warnings);
      }
    }
    return warnings;
  }

  private static void checkPattern(
      Statement statement, List<Token> match, List<ScriptProblem> warnings) {
    int pattern = find(match, "PATTERN");
    if (pattern < 0) {
      return;
    }
    int end = closing(match, pattern + 1);
    if (end >= match.size() || !match.get(end).is("WITHIN")) {
      warnings.add(
          statement.problem(
              match.get(pattern).start,
              "The pattern has no WITHIN: matches that never complete are kept for ever"));
    }
    Optional<Token> first =
        match.subList(pattern, end).stream()
            .filter(token -> token != match.get(pattern))
            .filter(token -> token.kind == Token.Kind.WORD || token.kind == Token.Kind.QUOTED_NAME)
            .findFirst();
    if (first.isPresent() && isAlwaysTrue(match, end, first.get().name())) {
      warnings.add(
          statement.problem(
              first.get().start,
              "Every row starts a match: '"
                  + first.get().text
                  + "' has no condition in DEFINE, so one is kept per row until WITHIN ends it"));
    }
  }

  private static boolean isAlwaysTrue(List<Token> match, int from, String variable) {
    int define = from;
    while (define < match.size() && !match.get(define).is("DEFINE")) {
      define++;
    }
    for (int i = define + 1; i + 2 < match.size(); i++) {
      boolean defined =
          match.get(i).name().equalsIgnoreCase(variable)
              && match.get(i + 1).is("AS")
              && match.get(i - 1).isOneOf("DEFINE", ",");
      if (defined) {
        Token condition = match.get(i + 2);
        boolean alone = i + 3 >= match.size() || match.get(i + 3).isOneOf(",", ")");
        return condition.is("TRUE") && alone;
      }
    }
    return true;
  }

  private static int find(List<Token> tokens, String word) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is(word)) {
        return i;
      }
    }
    return -1;
  }

  /** Behind the bracket that closes the one which opens at or after an index. */
  private static int closing(List<Token> tokens, int from) {
    int depth = 0;
    for (int i = from; i < tokens.size(); i++) {
      if (tokens.get(i).is("(")) {
        depth++;
      } else if (tokens.get(i).is(")") && --depth == 0) {
        return i + 1;
      }
    }
    return tokens.size();
  }
}
