package dev.sluice.sql;

import java.util.List;

/** One statement of a script, without the semicolon. Immutable. */
public final class Statement {
  private final Script script;
  private final List<Token> tokens;

  /**
   * @param tokens at least one
   */
  Statement(Script script, List<Token> tokens) {
    this.script = script;
    this.tokens = List.copyOf(tokens);
  }

  Script script() {
    return script;
  }

  List<Token> tokens() {
    return tokens;
  }

  /** Whether it begins with these keywords. */
  boolean beginsWith(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (i >= tokens.size() || !tokens.get(i).is(words[i])) {
        return false;
      }
    }
    return true;
  }

  boolean isInsert() {
    return beginsWith("INSERT");
  }

  int start() {
    return tokens.get(0).start;
  }

  int end() {
    return tokens.get(tokens.size() - 1).end();
  }

  /** As the script has it, variables unfilled. */
  public String text() {
    return script.text().substring(start(), end());
  }

  ScriptProblem problem(int offset, String rule) {
    return new ScriptProblem(script, offset, rule, text());
  }

  /** {@code alerts.sql:12}. */
  public String place() {
    return script.name() + ":" + script.line(start());
  }

  @Override
  public String toString() {
    return place() + " " + text();
  }
}
