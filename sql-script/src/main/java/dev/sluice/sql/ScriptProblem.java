package dev.sluice.sql;

import java.util.Objects;

/**
 * A mistake in a script, or a warning about it: where, what, in which statement. Holds no secret.
 */
public final class ScriptProblem {
  private static final int SHOWN = 160;

  private final String script;
  private final int line;
  private final int column;
  private final String rule;
  private final String statement;

  ScriptProblem(Script script, int offset, String rule, String statement) {
    this(script.name(), script.line(offset), script.column(offset), rule, statement);
  }

  private ScriptProblem(String script, int line, int column, String rule, String statement) {
    this.script = script;
    this.line = line;
    this.column = column;
    this.rule = rule.strip();
    this.statement = oneLine(statement);
  }

  /** About no place in a script: it cannot be read, say. */
  public static ScriptProblem of(String script, String rule) {
    return new ScriptProblem(script, 0, 0, rule, "");
  }

  /** Something else at the same place. */
  ScriptProblem withRule(String other) {
    return new ScriptProblem(script, line, column, other, statement);
  }

  /** Name of the script: its path or URI. */
  public String script() {
    return script;
  }

  /** From 1; 0 if the mistake is in no line. */
  public int line() {
    return line;
  }

  /** In characters from 1; 0 if the mistake is in no line. */
  public int column() {
    return column;
  }

  /** What is wrong. */
  public String rule() {
    return rule;
  }

  /** The beginning of the statement, in one line, as the script has it: without values. */
  public String statement() {
    return statement;
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScriptProblem && toString().equals(other.toString());
  }

  @Override
  public int hashCode() {
    return Objects.hash(toString());
  }

  /** {@code alerts.sql:12:7: Column 'prize' not found in any table, in: SELECT prize FROM …}. */
  @Override
  public String toString() {
    String place = line == 0 ? script : script + ":" + line + ":" + column;
    return place + ": " + rule + (statement.isEmpty() ? "" : "\n    in: " + statement);
  }
}
