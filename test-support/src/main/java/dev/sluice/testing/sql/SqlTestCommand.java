package dev.sluice.testing.sql;

import dev.sluice.sql.InvalidScriptException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs tests of SQL scripts from a command line: {@code sql-test FOLDER…}.
 *
 * <p>Prints a line per test and what differs. Exit code 0 if all pass, 1 if one fails, 2 if a
 * folder is no test or a script is not SQL that Flink takes.
 */
public final class SqlTestCommand {
  static final int PASSED = 0;
  static final int FAILED = 1;
  static final int MALFORMED = 2;

  private final PrintStream out;

  SqlTestCommand(PrintStream out) {
    this.out = out;
  }

  /** Ends the JVM with the exit code. */
  public static void main(String[] args) {
    System.exit(new SqlTestCommand(System.out).run(args));
  }

  int run(String... folders) {
    if (folders.length == 0) {
      out.println("Usage: sql-test FOLDER…   runs the tests in each folder and below");
      return MALFORMED;
    }
    List<SqlTest> tests = new ArrayList<>();
    try {
      for (String folder : folders) {
        tests.addAll(SqlTest.below(Path.of(folder)));
      }
    } catch (MalformedSqlTestException e) {
      out.println("Error: " + e.getMessage());
      return MALFORMED;
    }
    int worst = PASSED;
    int passed = 0;
    for (SqlTest test : tests) {
      int result = run(test);
      passed += result == PASSED ? 1 : 0;
      worst = Math.max(worst, result);
    }
    out.println(passed + " of " + tests.size() + " tests passed");
    return worst;
  }

  private int run(SqlTest test) {
    try {
      test.run();
      out.println("passed  " + test.name());
      return PASSED;
    } catch (AssertionError e) {
      return tell(test, "failed ", String.valueOf(e.getMessage()), FAILED);
    } catch (MalformedSqlTestException | InvalidScriptException e) {
      return tell(test, "invalid", String.valueOf(e.getMessage()), MALFORMED);
    } catch (Exception e) { // of the job: the test has failed, whatever it was
      Throwable root = e;
      while (root.getCause() != null && root.getCause() != root) {
        root = root.getCause();
      }
      return tell(test, "failed ", root.toString(), FAILED);
    }
  }

  private int tell(SqlTest test, String word, String message, int code) {
    out.println(word + " " + test.name());
    out.println(message);
    return code;
  }
}
