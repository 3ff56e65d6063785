package dev.sluice.testing.sql;

import dev.sluice.sql.InvalidScriptException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs tests of SQL scripts from a command line: {@code sql-test FOLDER…}.
 *
 * <p>Prints a line per test as it ends, what differs, and a summary. Exit code 0 if all pass, 1 if
 * one fails, 2 if a folder is no test or a script is not SQL that Flink takes; the others are run
 * all the same.
 */
public final class SqlTestCommand {
  static final int PASSED = 0;
  static final int FAILED = 1;
  static final int MALFORMED = 2;

  /** The launcher's own command for help. */
  private static final String HELP_PROPERTY = "sluice.help";

  private static final List<String> HELP =
      List.of(
          "Usage: sql-test FOLDER…   runs the tests in each folder and below",
          "",
          "A test is a folder:",
          "  query.sql          the script; or test.properties names others: script = FILE, …",
          "  TABLE.input        rows of a table that it reads: names of columns, then a row a line,",
          "                     with | between cells; '@watermark 2026-01-05 10:00:00' between rows",
          "  TABLE.changelog    changes that a table must get, in order, with a first column 'op';",
          "                     '@order any' if they may come in any order",
          "  TABLE.table        or: the rows that a table must have at the end",
          "  test.properties    optional: script, parallelism, variables.NAME, table.… of Flink",
          "",
          "Exit code: 0 all passed, 1 one failed, 2 one is not written as it must be");

  private final PrintStream out;

  SqlTestCommand(PrintStream out) {
    this.out = out;
  }

  /** Ends the JVM with the exit code. */
  public static void main(String[] args) {
    System.exit(
        new SqlTestCommand(new PrintStream(System.out, true, StandardCharsets.UTF_8)).run(args));
  }

  int run(String... folders) {
    boolean asksForHelp = Arrays.asList(folders).contains("--help");
    if (folders.length == 0 || asksForHelp) {
      HELP.forEach(out::println);
      return asksForHelp ? PASSED : MALFORMED;
    }
    Map<SqlTest, String> tests = new LinkedHashMap<>();
    try {
      for (String folder : folders) {
        Path root = Path.of(folder).toAbsolutePath().normalize();
        String prefix = folders.length > 1 ? folder.replaceFirst("/+$", "") : "";
        SqlTest.below(root).forEach(test -> tests.put(test, name(test, root, prefix)));
      }
    } catch (MalformedSqlTestException e) {
      out.println("Error: " + e.getMessage());
      tellHelp();
      return MALFORMED;
    }
    int[] results = new int[MALFORMED + 1];
    tests.forEach((test, name) -> results[run(test, name)]++);
    out.println(summary(results));
    if (results[MALFORMED] > 0) {
      tellHelp();
    }
    return results[MALFORMED] > 0 ? MALFORMED : results[FAILED] > 0 ? FAILED : PASSED;
  }

  private void tellHelp() {
    out.println("How a test is written: " + System.getProperty(HELP_PROPERTY, "sql-test --help"));
  }

  /** Below its folder; with that one before it, as it was given, if there are several. */
  private static String name(SqlTest test, Path root, String prefix) {
    if (test.folder().equals(root)) {
      return prefix.isEmpty() ? test.name() : prefix;
    }
    String name = root.relativize(test.folder()).toString();
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static String summary(int[] results) {
    List<String> parts = new ArrayList<>();
    parts.add(results[PASSED] + " of " + Arrays.stream(results).sum() + " tests passed");
    if (results[FAILED] > 0) {
      parts.add(results[FAILED] + " failed");
    }
    if (results[MALFORMED] > 0) {
      parts.add(results[MALFORMED] + " invalid");
    }
    return String.join(", ", parts);
  }

  private int run(SqlTest test, String name) {
    try {
      test.run();
      out.println("passed  " + name);
      return PASSED;
    } catch (AssertionError e) {
      return tell(name, "failed ", String.valueOf(e.getMessage()), FAILED);
    } catch (MalformedSqlTestException | InvalidScriptException e) {
      return tell(name, "invalid", String.valueOf(e.getMessage()), MALFORMED);
    } catch (Exception e) { // of the job: the test has failed, whatever it was
      Throwable root = e;
      while (root.getCause() != null && root.getCause() != root) {
        root = root.getCause();
      }
      return tell(name, "failed ", root.toString(), FAILED);
    }
  }

  private int tell(String name, String word, String message, int code) {
    out.println(word + " " + name);
    out.println(message);
    return code;
  }
}
