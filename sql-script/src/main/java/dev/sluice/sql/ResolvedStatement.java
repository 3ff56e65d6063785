package dev.sluice.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement with its variables filled in: what Flink gets. Knows for each place in it the place
 * in the script. Immutable.
 */
public final class ResolvedStatement {
  private final Statement source;
  private final String sql;

  /** Pairs: from this character of the SQL on, the text is that of the script from that one on. */
  private final List<int[]> pieces;

  private ResolvedStatement(Statement source, String sql, List<int[]> pieces) {
    this.source = source;
    this.sql = sql;
    this.pieces = pieces;
  }

  /** The statement as it was written. */
  public Statement source() {
    return source;
  }

  /** May hold placeholders of secrets, never a secret. */
  public String sql() {
    return sql;
  }

  /** A mistake at a line and column, from 1, of the SQL, as Flink tells it. */
  /** A mistake that is about all of it. */
  public ScriptProblem problem(String rule) {
    return source.problem(source.start(), rule);
  }

  ScriptProblem problem(int line, int column, String rule) {
    int offset = 0;
    for (int i = 1; i < line && offset >= 0; i++) {
      offset = sql.indexOf('\n', offset) + 1;
    }
    return source.problem(inScript(Math.min(offset + column - 1, sql.length() - 1)), rule);
  }

  private int inScript(int offset) {
    int place = source.start();
    for (int i = 0; i < pieces.size(); i++) {
      int[] piece = pieces.get(i);
      if (piece[0] > offset) {
        break;
      }
      // Inside of a value, the place of its variable.
      int end = i + 1 < pieces.size() ? pieces.get(i + 1)[1] : source.end();
      place = Math.min(piece[1] + offset - piece[0], Math.max(piece[1], end - 1));
    }
    return place;
  }

  /** Writes a statement anew, from its start to its end. */
  static final class Writer {
    private final Statement source;
    private final StringBuilder sql = new StringBuilder();
    private final List<int[]> pieces = new ArrayList<>();
    private int copied;

    Writer(Statement source) {
      this.source = source;
      this.copied = source.start();
    }

    /** Puts SQL in place of a token, and what stands before it as it is. */
    void replace(Token token, String by) {
      copyTo(token.start);
      pieces.add(new int[] {sql.length(), token.start});
      sql.append(by);
      copied = token.end();
    }

    private void copyTo(int end) {
      pieces.add(new int[] {sql.length(), copied});
      sql.append(source.script().text(), copied, end);
    }

    ResolvedStatement finish() {
      copyTo(source.end());
      return new ResolvedStatement(source, sql.toString(), pieces);
    }
  }
}
