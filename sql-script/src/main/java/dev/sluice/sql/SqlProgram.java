package dev.sluice.sql;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Scripts in the order in which they run, each once, those that a script uses before it. Immutable
 * once it is loaded; for the thread of main() alone.
 */
public final class SqlProgram {
  private final Map<String, Script> scripts = new LinkedHashMap<>();
  private final List<ScriptProblem> problems = new ArrayList<>();
  private final Set<String> open = new HashSet<>();

  private SqlProgram() {}

  /**
   * Reads scripts. Never throws: what cannot be read is told by {@link #resolve}, with all other
   * mistakes.
   *
   * @param locations files or folders: {@code classpath:…}, a path, a URI of Flink's
   */
  public static SqlProgram load(List<String> locations) {
    SqlProgram program = new SqlProgram();
    for (String location : locations) {
      program.loadAll(location);
    }
    return program;
  }

  /** A script that is in memory. */
  public static SqlProgram of(String name, String text) {
    SqlProgram program = new SqlProgram();
    program.add(Script.parse(name, text));
    return program;
  }

  private void loadAll(String location) {
    try {
      ScriptFiles.list(location).forEach(this::load);
    } catch (IOException | IllegalArgumentException e) {
      problems.add(ScriptProblem.of(location, unreadable(e)));
    }
  }

  private void load(String location) {
    if (scripts.containsKey(location)) {
      return;
    }
    if (!open.add(location)) {
      problems.add(ScriptProblem.of(location, "The script uses itself, by way of others or not"));
      return;
    }
    try {
      Script script = Script.parse(location, ScriptFiles.read(location));
      for (String used : script.uses()) {
        loadAll(ScriptFiles.relative(location, used));
      }
      add(script);
    } catch (IOException e) {
      problems.add(ScriptProblem.of(location, unreadable(e)));
    } finally {
      open.remove(location);
    }
  }

  private void add(Script script) {
    scripts.put(script.name(), script);
    problems.addAll(script.problems());
  }

  private static String unreadable(Exception e) {
    String reason =
        e instanceof FileNotFoundException || e.getMessage() == null
            ? "it does not exist, or is a folder without '*.sql'"
            : e.getMessage();
    return "The script cannot be read: " + reason;
  }

  public List<Script> scripts() {
    return List.copyOf(scripts.values());
  }

  /** All variables that heads declare, by name. */
  public List<VariableDeclaration> variables() {
    return List.copyOf(declarations(new ArrayList<>()).values());
  }

  /**
   * Fills variables in.
   *
   * @return all statements in their order
   * @throws InvalidScriptException with all mistakes that can be seen without Flink: what cannot be
   *     read or taken apart, variables without a value or with one that does not fit, values that
   *     no script asks for
   */
  public List<ResolvedStatement> resolve(VariableValues values, Secrets secrets)
      throws InvalidScriptException {
    List<ScriptProblem> found = new ArrayList<>(problems);
    Map<String, VariableDeclaration> declared = declarations(found);
    Set<String> used = new TreeSet<>(declared.keySet());
    List<ResolvedStatement> resolved = new ArrayList<>();
    for (Script script : scripts.values()) {
      for (Statement statement : script.statements()) {
        VariableFiller filler = new VariableFiller(statement, declared, values, secrets, used);
        resolved.add(filler.fill());
        found.addAll(filler.problems());
      }
    }
    for (String name : values.texts().keySet()) {
      if (!used.contains(name)) {
        found.add(
            ScriptProblem.of(
                values.origin(),
                "Variable '" + name + "' is asked for by no script; there are " + used));
      }
    }
    if (resolved.isEmpty() && found.isEmpty()) {
      found.add(ScriptProblem.of(String.join(", ", scripts.keySet()), "There is no statement"));
    }
    if (!found.isEmpty()) {
      throw new InvalidScriptException(new ArrayList<>(new LinkedHashSet<>(found)));
    }
    return Collections.unmodifiableList(resolved);
  }

  private Map<String, VariableDeclaration> declarations(List<ScriptProblem> found) {
    Map<String, VariableDeclaration> declared = new LinkedHashMap<>();
    for (Script script : scripts.values()) {
      for (VariableDeclaration variable : script.variables()) {
        VariableDeclaration other = declared.putIfAbsent(variable.name(), variable);
        if (other != null && !other.means(variable)) {
          found.add(
              ScriptProblem.of(
                  script.name(),
                  "Variable '" + variable.name() + "' is declared otherwise in another script"));
        }
      }
    }
    return declared;
  }
}
