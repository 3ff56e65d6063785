package dev.sluice.sql;

import dev.sluice.sql.Tokenizer.Remark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A script taken apart: what its head declares, and its statements. Immutable.
 *
 * <p>The head is the comments before the first statement: {@code -- @variable …} declares a
 * variable ({@link VariableDeclaration}), {@code -- @uses FILE} names a script, relative to this
 * one, whose statements come first.
 */
public final class Script {
  private final String name;
  private final String text;
  private final int[] lineStarts;
  private final List<Statement> statements;
  private final List<VariableDeclaration> variables = new ArrayList<>();
  private final List<String> uses = new ArrayList<>();
  private final List<ScriptProblem> problems = new ArrayList<>();

  private Script(String name, String text) {
    this.name = name;
    this.text = text;
    this.lineStarts = lineStarts(text);
    Tokenizer tokens = Tokenizer.read(text);
    for (Remark flaw : tokens.remarks()) {
      problems.add(new ScriptProblem(this, flaw.start, flaw.text, ""));
    }
    int body = tokens.tokens().isEmpty() ? text.length() : tokens.tokens().get(0).start;
    for (Remark comment : tokens.comments()) {
      if (comment.start < body) {
        readDirective(comment);
      }
    }
    StatementSplitter splitter = new StatementSplitter(this, tokens.tokens());
    this.statements = splitter.statements();
    problems.addAll(splitter.problems());
  }

  /** Never throws: mistakes are in {@link #problems}. */
  public static Script parse(String name, String text) {
    return new Script(name, text);
  }

  private void readDirective(Remark comment) {
    String line = comment.text.strip();
    if (!line.startsWith("@")) {
      return;
    }
    String[] parts = line.split("\\s+", 2);
    String rest = parts.length > 1 ? parts[1].strip() : "";
    try {
      if (parts[0].equals("@variable")) {
        variables.add(VariableDeclaration.parse(rest));
      } else if (parts[0].equals("@uses") && !rest.isEmpty()) {
        uses.add(rest);
      } else {
        throw new IllegalArgumentException(
            "A head has '@variable NAME TYPE …' and '@uses FILE', and nothing else with '@'");
      }
    } catch (IllegalArgumentException e) {
      problems.add(
          new ScriptProblem(
              this, comment.start, String.valueOf(e.getMessage()), "--" + comment.text));
    }
  }

  public String name() {
    return name;
  }

  public List<Statement> statements() {
    return statements;
  }

  public List<VariableDeclaration> variables() {
    return List.copyOf(variables);
  }

  /** Scripts that come before this one, as written. */
  public List<String> uses() {
    return List.copyOf(uses);
  }

  public List<ScriptProblem> problems() {
    return List.copyOf(problems);
  }

  String text() {
    return text;
  }

  int line(int offset) {
    int index = Arrays.binarySearch(lineStarts, offset);
    return index >= 0 ? index + 1 : -index - 1;
  }

  int column(int offset) {
    return offset - lineStarts[line(offset) - 1] + 1;
  }

  private static int[] lineStarts(String text) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        starts.add(i + 1);
      }
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }
}
