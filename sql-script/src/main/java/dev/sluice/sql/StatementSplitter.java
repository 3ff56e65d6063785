package dev.sluice.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a script at its semicolons. A statement set is taken apart into its INSERTs: all INSERTs of
 * a run are one set anyway.
 */
final class StatementSplitter {
  private final Script script;
  private final List<Statement> statements = new ArrayList<>();
  private final List<ScriptProblem> problems = new ArrayList<>();
  private @Nullable Token openSet;

  StatementSplitter(Script script, List<Token> tokens) {
    this.script = script;
    List<Token> statement = new ArrayList<>();
    for (Token token : tokens) {
      if (token.is(";")) {
        add(statement);
        statement = new ArrayList<>();
      } else {
        statement.add(token);
      }
    }
    add(statement);
    if (openSet != null) {
      problem(openSet, "The statement set has no END");
    }
  }

  List<Statement> statements() {
    return List.copyOf(statements);
  }

  List<ScriptProblem> problems() {
    return problems;
  }

  private void add(List<Token> words) {
    List<Token> tokens = withoutFrame(words);
    if (tokens.isEmpty()) {
      return;
    }
    Statement statement = new Statement(script, tokens);
    statements.add(statement);
    if (openSet != null && !statement.isInsert()) {
      problems.add(
          statement.problem(statement.start(), "A statement set holds INSERTs and nothing else"));
    }
  }

  /** Without what begins or ends a statement set. */
  private List<Token> withoutFrame(List<Token> tokens) {
    if (begins(tokens, "EXECUTE", "STATEMENT", "SET", "BEGIN")) {
      open(tokens.get(0));
      return withoutFrame(tokens.subList(4, tokens.size()));
    }
    if (begins(tokens, "BEGIN", "STATEMENT", "SET") && tokens.size() == 3) {
      open(tokens.get(0));
      return List.of();
    }
    if (begins(tokens, "END") && tokens.size() == 1) {
      if (openSet == null) {
        problem(tokens.get(0), "END ends no statement set");
      }
      openSet = null;
      return List.of();
    }
    return begins(tokens, "EXECUTE", "INSERT") ? tokens.subList(1, tokens.size()) : tokens;
  }

  private void open(Token token) {
    if (openSet != null) {
      problem(token, "A statement set cannot hold another");
    }
    openSet = token;
  }

  private void problem(Token token, String rule) {
    problems.add(new ScriptProblem(script, token.start, rule, ""));
  }

  private static boolean begins(List<Token> tokens, String... words) {
    if (tokens.size() < words.length) {
      return false;
    }
    for (int i = 0; i < words.length; i++) {
      if (!tokens.get(i).is(words[i])) {
        return false;
      }
    }
    return true;
  }
}
