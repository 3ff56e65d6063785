package dev.sluice.testing.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to write a test folder wrongly says what is wrong, and where. */
class MalformedSqlTestTest {
  @TempDir Path folder;

  @BeforeEach
  void writeGoodTest() throws Exception {
    write(
        "query.sql",
        "CREATE TABLE t (k STRING, v INT NOT NULL);\nCREATE TABLE s (k STRING, v INT);\nINSERT INTO s SELECT k, v FROM t");
    write("t.input", "k | v\na | 1\n");
    write("s.table", "k | v\na | 1\n");
  }

  @Test
  void tellsFoldersThatAreNoTests() throws Exception {
    assertThatThrownBy(() -> SqlTest.below(folder.resolve("none")))
        .hasMessageContaining("is no folder");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> SqlTest.below(empty))
        .hasMessageContaining("has no test: no folder with a 'query.sql', rows of its tables in");
    Files.delete(folder.resolve("s.table"));
    assertThatThrownBy(SqlTest.in(folder)::run).hasMessageContaining("nothing is expected");
  }

  @Test
  void doesNotPassOverAFolderWhoseScriptHasAnotherName() throws Exception {
    Files.move(folder.resolve("query.sql"), folder.resolve("qurey.sql"));
    assertThat(SqlTest.below(folder)).hasSize(1);
    malformed("the script 'query.sql' does not exist; 'test.properties' may name another");
    Files.delete(folder.resolve("t.input"));
    assertThat(SqlTest.below(folder)).hasSize(1);
  }

  @Test
  void tellsMistakesInProperties() throws Exception {
    write("test.properties", "paralelism=2\n");
    malformed("test.properties: 'paralelism' is none of script, parallelism, variables.NAME");
    write("test.properties", "parallelism=9\n");
    malformed("test.properties: parallelism must be from 1 to 4, but was '9'");
    write("test.properties", "script=other.sql\n");
    malformed("the script 'other.sql' does not exist");
    write("test.properties", "variables.x=1\n");
    assertThatThrownBy(SqlTest.in(folder)::run)
        .hasMessageContaining("test.properties: Variable 'x' is asked for by no script");
  }

  @Test
  void tellsMistakesInInputs() throws Exception {
    write("t.input", "# nothing\n");
    malformed("t.input: the names of the columns are missing");
    write("t.input", "k | w\na | 1\n");
    malformed("t.input:1: the table has no column 'w', it has [k, v]");
    write("t.input", "k | k\na | 1\n");
    malformed("t.input:1: a column is named twice");
    write("t.input", "k | v\n\na | 1 | 2\n");
    malformed("t.input:3: has 3 cells, but there are 2 columns");
    write("t.input", "k | v\na | one\n");
    malformed("t.input:2: column 'v' must be INT, but was 'one'");
    write("t.input", "k | v\na | NULL\n");
    malformed("t.input:2: column 'v' must not be NULL");
    write("t.input", "op | k | v\nI | a | 1\n");
    malformed("t.input:2: must begin with one of +I, -U, +U, -D, but was 'I'");
    write("t.input", "k | v\n@watermark noon\n");
    malformed("a watermark is written '@watermark 2021-08-31 10:00:00'", "t.input");
    write("t.input", "k | v\n@pause\n");
    malformed("t.input:2: an input says '@watermark TIME' and nothing else with '@'");
    write("t.input", "k | v\n@watermark 2021-08-31 10:00:00\n");
    malformed("t.input: has watermarks, but table 't' declares none");
  }

  @Test
  void tellsRowsWithoutTheTimeThatTheirTableNeeds() throws Exception {
    write(
        "query.sql",
        "CREATE TABLE t (k STRING, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts);\n"
            + "CREATE TABLE s (k STRING, v INT);\nINSERT INTO s SELECT k, v FROM t");

    malformed("t.input:2: column 'ts' must not be NULL: it is the time of the table's rows");
  }

  @Test
  void tellsTablesWithoutFilesAndFilesWithoutTables() throws Exception {
    write("x.input", "k\n");
    malformed("the script has no table 'x', it has [t, s]");
    Files.delete(folder.resolve("x.input"));
    write("s.changelog", "op | k | v\n");
    malformed("'s' has both a '.changelog' and a '.table'");
    Files.delete(folder.resolve("s.changelog"));
    Files.move(folder.resolve("s.table"), folder.resolve("y.table"));
    malformed("table 's' is written, but there is neither 's.changelog' nor 's.table'");
  }

  @Test
  void tellsMistakesInExpectedRows() throws Exception {
    write("s.table", "op | k | v\n");
    malformed("s.table:1: a table has no column 'op', a changelog has");
    write("s.table", "k\n");
    malformed("s.table:1: the columns must be those of the table, [k, v], in any order");
    write("s.table", "@digits many\nk | v\n");
    malformed("s.table:1: write '@digits 6'");
    write("s.table", "@sort k\nk | v\n");
    malformed("s.table:1: expected rows know '@order any' and '@digits N'");
    Files.delete(folder.resolve("s.table"));
    write("s.changelog", "k | v\n");
    malformed("s.changelog:1: a changelog has a first column 'op'");
    write("s.changelog", "@order none\nop | k | v\n");
    malformed("s.changelog:1: write '@order any', or nothing for the exact order");
    write("s.changelog", "op | k | v\n");
    write("test.properties", "parallelism=2\n");
    malformed("s.changelog:1: with several inputs or subtasks the order of changes is not fixed");
  }

  private void malformed(String... parts) {
    assertThatThrownBy(SqlTest.in(folder)::run)
        .isInstanceOf(MalformedSqlTestException.class)
        .hasMessageContainingAll(parts);
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
  }
}
