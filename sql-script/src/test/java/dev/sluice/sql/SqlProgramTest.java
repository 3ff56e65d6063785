package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlProgramTest {
  @TempDir Path folder;

  @Test
  void cutsAtSemicolonsOutsideOfStringsCommentsAndNames() throws Exception {
    String script =
        "SET 'a' = ';'; -- no; end\n/* nor; here */ INSERT INTO `a;b`\nSELECT 'it''s; ' FROM t;;\n";

    assertThat(resolve(script, Map.of()))
        .extracting(ResolvedStatement::sql)
        .containsExactly("SET 'a' = ';'", "INSERT INTO `a;b`\nSELECT 'it''s; ' FROM t");
  }

  @Test
  void takesStatementSetsApart() throws Exception {
    String script =
        "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END;"
            + "BEGIN STATEMENT SET; INSERT INTO c SELECT CASE WHEN TRUE THEN 1 END; END;";

    assertThat(resolve(script, Map.of()))
        .extracting(ResolvedStatement::sql)
        .containsExactly(
            "INSERT INTO a SELECT 1",
            "INSERT INTO b SELECT 2",
            "INSERT INTO c SELECT CASE WHEN TRUE THEN 1 END");
  }

  @Test
  void refusesStatementSetsThatHaveNoEndOrHoldOthers() {
    assertThat(problems("EXECUTE STATEMENT SET BEGIN\nINSERT INTO a SELECT 1;\nDROP TABLE a"))
        .containsExactly(
            "s:3:1: A statement set holds INSERTs and nothing else\n    in: DROP TABLE a",
            "s:1:1: The statement set has no END");
  }

  @Test
  void writesEachTypeWhereItStands() throws Exception {
    String script =
        "-- @variable n number\n-- @variable i interval\n-- @variable b boolean\n"
            + "SELECT ${s:string}, ${n}, ${i}, ${b}, ${s:identifier}, 'x${s}y', `p${s}`, INTERVAL '${n}' MINUTE,"
            + " /*+ OPTIONS('k'='${s}') */ a.${s}, -- ${s}\n f(DESCRIPTOR(${s})) FROM ${s} JOIN ${s}.c";

    String sql =
        resolve(script, Map.of("n", "-5", "i", "90 min", "s", "o'`", "b", "true")).get(0).sql();

    assertThat(sql)
        .isEqualTo(
            "SELECT 'o''`', (-5), INTERVAL '0 01:30:00.000' DAY(3) TO SECOND(3), TRUE, `o'```,"
                + " 'xo''`y', `po'```, INTERVAL '-5' MINUTE, /*+ OPTIONS('k'='o''`') */ a.`o'```,"
                + " -- ${s}\n f(DESCRIPTOR(`o'```)) FROM `o'``` JOIN `o'```.c");
  }

  @Test
  void aDeclaredTypeWinsOverThePlace() throws Exception {
    String script =
        "-- @variable s string\n-- @variable n number\n-- @variable t identifier\n"
            + "SELECT TRIM(BOTH 'x' FROM ${s}), SUBSTRING(a FROM ${n}) FROM ${t} WHERE a IS DISTINCT FROM ${s}";

    assertThat(resolve(script, Map.of("s", "b", "n", "2", "t", "ticks")).get(0).sql())
        .isEqualTo(
            "SELECT TRIM(BOTH 'x' FROM 'b'), SUBSTRING(a FROM 2) FROM `ticks` WHERE a IS DISTINCT FROM 'b'");
  }

  @Test
  void takesSecretsWhereTheyAreRevealedOnly() throws Exception {
    String secret = "'k' = '${k:secret}'";
    List<String> right =
        List.of(
            "CREATE TABLE t (a DECIMAL(5, 2), WATERMARK FOR b AS b) WITH ('a' = 'b', %s) LIKE u (ALL)",
            "CREATE TEMPORARY TABLE IF NOT EXISTS t (a INT) WITH (%s)",
            "CREATE CATALOG c WITH (%s)");
    List<String> wrong =
        List.of(
            "CREATE VIEW v AS SELECT 1 FROM t WHERE %s",
            "CREATE VIEW v AS SELECT 1 FROM t /*+ HINT(%s) */",
            "CREATE DATABASE d WITH (%s)",
            "CREATE TABLE t (a AS (%s)) WITH ('a' = 'b')",
            "CREATE TABLE t WITH ('a' = 'b') AS SELECT (%s)",
            "ALTER TABLE t SET (%s)");

    for (String statement : right) {
      assertThat(resolve(String.format(statement, secret), Map.of("k", "env:PATH"))).hasSize(1);
    }
    for (String statement : wrong) {
      assertThat(problems(String.format(statement, secret), Map.of("k", "env:PATH")))
          .as(statement)
          .hasSize(1)
          .first()
          .asString()
          .contains("A secret can only be the whole value of an option in WITH of a table");
    }
  }

  @Test
  void reportsAllMistakesOfAllScriptsTogether() {
    String script =
        "-- @variable n number = many\n-- @varable m string\nSELECT ${missing:string},\n  ${none}, '${bad name}',"
            + " a${x:number}, U&'${x}', '${k:secret}';\nSELECT 'no end";

    assertThat(problems(script, Map.of("x", "1", "typo", "2", "k", "env:HOME")))
        .extracting(text -> text.replaceFirst("\n.*", ""))
        .containsExactly(
            "s:5:8: The string has no end: a quote is missing",
            "s:1:1: The default of the variable must be a number such as '500' or '0.5'",
            "s:2:1: A head has '@variable NAME TYPE …' and '@uses FILE', and nothing else with '@'",
            "s:3:8: Variable 'missing' has no value and no default",
            "s:4:3: Variable 'none' has no type here: declare it in the head, or write"
                + " ${none:number} (or string, number, boolean, interval, identifier, secret)",
            "s:4:13: A variable is written ${name} or ${name:type} with a type of string, number,"
                + " boolean, interval, identifier, secret, and '${' itself $${",
            "s:4:28: A variable outside of quotes is a whole value: put the quotes around all of it",
            "s:4:43: A variable cannot stand in this kind of string or name",
            "s:4:51: A secret can only be the whole value of an option in WITH of a table or catalog",
            "options: Variable 'typo' is asked for by no script; there are [k, missing, none, x]");
  }

  @Test
  void refusesValuesThatDoNotFitTheirTypeWhereverTheyStand() {
    String script =
        "-- @variable n number\n-- @variable i interval\nSELECT ${n}, '${n}', ${i}, ${n:string}";

    assertThat(problems(script, Map.of("n", "1 OR 1=1", "i", "10")))
        .extracting(text -> text.replaceFirst("\n.*", ""))
        .containsExactly(
            "s:3:8: Variable 'n' must be a number such as '500' or '0.5', but was '1 OR 1=1' (options)",
            "s:3:15: Variable 'n' must be a number such as '500' or '0.5', but was '1 OR 1=1' (options)",
            "s:3:22: Variable 'i' must be a time with its unit, such as '10 min', but was '10' (options)",
            "s:3:28: Variable 'n' must be a number such as '500' or '0.5', but was '1 OR 1=1' (options)");
  }

  @Test
  void writesDollarBraceByDoublingTheDollar() throws Exception {
    assertThat(resolve("SELECT '$${x} $.y'", Map.of()).get(0).sql()).isEqualTo("SELECT '${x} $.y'");
  }

  @Test
  void readsUsedScriptsFirstAndOnce() throws Exception {
    Files.createDirectories(folder.resolve("q"));
    Files.writeString(folder.resolve("t.sql"), "CREATE TABLE t (a INT);");
    Files.writeString(folder.resolve("q/a.sql"), "-- @uses ../t.sql\nINSERT INTO a SELECT 1");
    Files.writeString(folder.resolve("q/b.sql"), "-- @uses ../t.sql\nINSERT INTO b SELECT 2");

    SqlProgram program = SqlProgram.load(List.of(folder.resolve("q").toUri().toString()));

    assertThat(program.resolve(VariableValues.NONE, new Secrets()))
        .extracting(ResolvedStatement::sql)
        .containsExactly(
            "CREATE TABLE t (a INT)", "INSERT INTO a SELECT 1", "INSERT INTO b SELECT 2");
  }

  @Test
  void tellsScriptsThatAreMissingOrUseThemselves() throws Exception {
    Files.writeString(folder.resolve("a.sql"), "-- @uses b.sql\nSELECT 1");
    Files.writeString(folder.resolve("b.sql"), "-- @uses a.sql\nSELECT 1");
    Files.createDirectory(folder.resolve("empty"));
    SqlProgram program =
        SqlProgram.load(
            List.of(
                folder.resolve("a.sql").toString(),
                folder.resolve("none.sql").toString(),
                folder.resolve("empty").toString(),
                "classpath:none.sql"));

    assertThatThrownBy(() -> program.resolve(VariableValues.NONE, new Secrets()))
        .isInstanceOf(InvalidScriptException.class)
        .hasMessageContaining("a.sql: The script uses itself")
        .hasMessageContaining("none.sql: The script cannot be read: it does not exist")
        .hasMessageContaining("empty: The script cannot be read: it does not exist, or is a folder")
        .hasMessageContaining("classpath:none.sql: The script cannot be read: it does not exist");
  }

  @Test
  void readsScriptsFromTheClassPath() throws Exception {
    SqlProgram program = SqlProgram.load(List.of("classpath:scripts"));

    assertThat(program.resolve(VariableValues.NONE, new Secrets()))
        .extracting(ResolvedStatement::sql)
        .containsExactly("SELECT 1", "SELECT 2");
  }

  private static List<ResolvedStatement> resolve(String script, Map<String, String> values)
      throws InvalidScriptException {
    return SqlProgram.of("s", script).resolve(VariableValues.of(values, "options"), new Secrets());
  }

  static List<String> problems(String script) {
    return problems(script, Map.of());
  }

  static List<String> problems(String script, Map<String, String> values) {
    try {
      resolve(script, values);
    } catch (InvalidScriptException e) {
      return e.problems().stream().map(ScriptProblem::toString).toList();
    }
    return List.of();
  }
}
