package dev.sluice.testing.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.InvalidScriptException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlTestIT {
  private static final String COUNT =
      """
      CREATE TABLE t (k STRING, v INT) WITH ('connector' = 'kinesis');
      CREATE TABLE s (k STRING, n BIGINT, total INT, PRIMARY KEY (k) NOT ENFORCED) WITH ('connector' = 'kinesis');
      INSERT INTO s SELECT k, COUNT(*), SUM(v) FROM t GROUP BY k""";
  private static final String WINDOWS =
      "CREATE TABLE t (k STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND);\n"
          + "CREATE TABLE s (k STRING, n BIGINT, w TIMESTAMP(3));\n"
          + "INSERT INTO s SELECT k, COUNT(*), window_end FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND))"
          + " GROUP BY k, window_start, window_end";

  @TempDir Path folder;

  @Test
  void comparesEveryChangeWithItsKindInOrder() throws Exception {
    write("query.sql", COUNT);
    write("t.input", "k | v\na | 1\na | 2\nb | NULL\n");
    write(
        "s.changelog",
        "op | k | n | total\n+I | a | 1 | 1\n-U | a | 1 | 1\n+U | a | 2 | 3\n+I | b | 1 | NULL\n");

    SqlTest.in(folder).run();
  }

  @Test
  void showsWhatIsMissingAndWhatNobodyExpects() throws Exception {
    write("query.sql", COUNT);
    write("t.input", "k | v\na | 1\na | 2\n");
    write("s.changelog", "op | k | n | total\n+I | a | 1 | 1\n-U | a | 1 | 1\n+U | a | 2 | 30\n");

    assertThatThrownBy(SqlTest.in(folder)::run)
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            folder.resolve("s.changelog")
                + ": 1 of 3 expected rows are missing (-), 1 came that nobody expects (+)\n"
                + "      op | k | n | total\n"
                + "      +I | a | 1 | 1\n"
                + "      -U | a | 1 | 1\n"
                + "    - +U | a | 2 | 30   line 4\n"
                + "    + +U | a | 2 | 3\n");
  }

  @Test
  void failsIfTheOrderIsAnother() throws Exception {
    write("query.sql", COUNT);
    write("t.input", "k | v\na | 1\nb | 2\n");
    write("s.changelog", "op | k | n | total\n+I | b | 1 | 2\n+I | a | 1 | 1\n");

    assertThatThrownBy(SqlTest.in(folder)::run).isInstanceOf(AssertionError.class);

    write("s.changelog", "@order any\nop | k | n | total\n+I | b | 1 | 2\n+I | a | 1 | 1\n");
    SqlTest.in(folder).run();
  }

  @Test
  void comparesTheFinalTableByItsKey() throws Exception {
    write("query.sql", COUNT);
    write("t.input", "k | v\na | 1\na | 2\nb | 5\n");
    write("s.table", "total | k | n\n5 | b | 1\n3 | a | 2\n");

    SqlTest.in(folder).run();
  }

  @Test
  void countsRowsOfTheFinalTableAsOftenAsTheyAreThere() throws Exception {
    write(
        "query.sql",
        "CREATE TABLE t (k STRING);\nCREATE TABLE s (k STRING);\nINSERT INTO s SELECT k FROM t");
    write("t.input", "k\na\na\n");
    write("s.table", "k\na\n");

    assertThatThrownBy(SqlTest.in(folder)::run)
        .hasMessageContaining("0 of 1 expected rows are missing (-), 1 came that nobody expects");
  }

  @Test
  void takesExplicitWatermarksInsteadOfTheTablesOwn() throws Exception {
    write("query.sql", WINDOWS);
    String rows =
        "k | ts\na | 2021-08-31 10:00:01\na | 2021-08-31 10:00:20\n%sa | 2021-08-31 10:00:02\n";
    write("t.input", String.format(rows, "@watermark 2021-08-31 10:00:00\n"));
    write("s.table", "k | n | w\na | 2 | 2021-08-31 10:00:10\na | 1 | 2021-08-31 10:00:30\n");
    SqlTest.in(folder).run();

    write("t.input", String.format(rows, "@watermark 2021-08-31 10:00:15\n"));
    write("s.table", "k | n | w\na | 1 | 2021-08-31 10:00:10\na | 1 | 2021-08-31 10:00:30\n");
    SqlTest.in(folder).run();
  }

  @Test
  void usesTheTablesOwnWatermarkRowByRowWithoutExplicitOnes() throws Exception {
    write("query.sql", WINDOWS);
    write(
        "t.input",
        "k | ts\na | 2021-08-31 10:00:01\na | 2021-08-31 10:00:20\na | 2021-08-31 10:00:02\n");
    write("s.table", "k | n | w\na | 1 | 2021-08-31 10:00:10\na | 1 | 2021-08-31 10:00:30\n");

    SqlTest.in(folder).run();
  }

  @Test
  void readsChangesMetadataAndTypes() throws Exception {
    write(
        "query.sql",
        "CREATE TABLE t (id INT, b BOOLEAN, d DECIMAL(5,2), dt DATE, tm TIME, z TIMESTAMP_LTZ(3), bin BYTES,"
            + " a ARRAY<STRING>, r ROW<x INT, y STRING>, m MAP<STRING, INT>, shard STRING METADATA FROM 'shard-id' VIRTUAL,"
            + " PRIMARY KEY (id) NOT ENFORCED);\n"
            + "CREATE TABLE s (id INT, b BOOLEAN, d DECIMAL(5,2), dt DATE, tm TIME, z TIMESTAMP_LTZ(3), bin BYTES,"
            + " a ARRAY<STRING>, r ROW<x INT, y STRING>, m MAP<STRING, INT>, shard STRING);\n"
            + "INSERT INTO s SELECT * FROM t");
    String head = "id | b | d | dt | tm | z | bin | a | r | m | shard\n";
    String row =
        "7 | true | 1.50 | 2021-08-31 | 10:00 | 2021-08-31T10:00:00.5Z | x'00ff' | [p, 'q|r', NULL]"
            + " | (1, z) | {k=1} | 'shard 0'\n";
    write(
        "t.input",
        "op | " + head + "+I | " + row + "+U | " + row.replace("true", "false") + "-D | " + row);
    write("s.table", head);
    SqlTest.in(folder).run();

    write("t.input", head + row);
    write("s.table", head + row);
    SqlTest.in(folder).run();
  }

  @Test
  void givesTheSameResultWithSeveralSubtasks() throws Exception {
    write("query.sql", WINDOWS);
    write("test.properties", "parallelism = 4\n");
    StringBuilder rows = new StringBuilder("k | ts\n");
    StringBuilder expected = new StringBuilder("@order any\nop | k | n | w\n");
    for (char k = 'a'; k < 'z'; k++) {
      rows.append(k)
          .append(" | 2021-08-31 10:00:01\n")
          .append(k)
          .append(" | 2021-08-31 10:00:02\n");
      expected.append("+I | ").append(k).append(" | 2 | 2021-08-31 10:00:10\n");
    }
    write("t.input", rows.toString());
    write("s.changelog", expected.toString());

    SqlTest.in(folder).run();
  }

  @Test
  void keepsConnectorsOfTablesThatAreWithinTheScript() throws Exception {
    write(
        "query.sql",
        """
        CREATE TABLE t (v INT);
        CREATE TABLE hole (v INT) WITH ('connector' = 'blackhole');
        CREATE TABLE s (v INT);
        INSERT INTO hole SELECT v FROM t;
        INSERT INTO s SELECT v FROM t;
        """);
    write("t.input", "v\n7\n");
    write("s.table", "v\n7\n");

    assertThatThrownBy(SqlTest.in(folder)::run)
        .hasMessageContaining("table 'hole' is written, but there is neither");

    write("test.properties", "keep = hole\n");
    SqlTest.in(folder).run();
  }

  @Test
  void tellsMistakesOfTheScriptAsTheRunnerDoes() throws Exception {
    write("query.sql", COUNT + " HAVING ${missing:number} > nowhere");
    write("s.table", "k\n");

    assertThatThrownBy(SqlTest.in(folder)::run)
        .isInstanceOf(InvalidScriptException.class)
        .hasMessageContaining("query.sql:3:67: Variable 'missing' has no value");
  }

  @Test
  void failsIfTheJobFails() throws Exception {
    write(
        "query.sql",
        "CREATE TABLE t (v INT);\nCREATE TABLE s (v INT);\nINSERT INTO s SELECT 1 / v FROM t");
    write("t.input", "v\n0\n");
    write("s.table", "v\n");

    assertThatThrownBy(SqlTest.in(folder)::run).hasStackTraceContaining("/ by zero");
  }

  @Test
  void runsFromTheCommandLineWithExitCodes() throws Exception {
    Path good = Files.createDirectories(folder.resolve("good"));
    Path bad = Files.createDirectories(folder.resolve("bad"));
    for (Path test : new Path[] {good, bad}) {
      Files.writeString(test.resolve("query.sql"), COUNT);
      Files.writeString(test.resolve("t.input"), "k | v\na | 1\n");
    }
    Files.writeString(good.resolve("s.table"), "k | n | total\na | 1 | 1\n");
    Files.writeString(bad.resolve("s.table"), "k | n | total\na | 1 | 2\n");

    assertThat(run(good.toString())).isEqualTo("0 passed  good\n1 of 1 tests passed\n");
    assertThat(run(folder.toString()))
        .startsWith("1 failed  bad\n")
        .contains("- a | 1 | 2   line 2", "+ a | 1 | 1")
        .endsWith("passed  good\n1 of 2 tests passed, 1 failed\n");
    Files.delete(bad.resolve("t.input"));
    assertThat(run(folder.toString()))
        .startsWith("2 invalid bad\n")
        .contains("table 't' is read, but there is no 't.input'")
        .endsWith(
            """
            passed  good
            1 of 2 tests passed, 1 invalid
            How a test is written: sql-test --help
            """);
    Path deeper = folder.resolve("more");
    Files.createDirectories(deeper);
    Files.move(bad, deeper.resolve("bad"));
    assertThat(run(folder.toString())).contains("passed  good\ninvalid more/bad\n");
    assertThat(run(folder.resolve("none").toString()))
        .startsWith("2 Error: '")
        .contains("no folder");
    assertThat(run()).startsWith("2 Usage: sql-test FOLDER");
    assertThat(run("--help")).startsWith("0 Usage: sql-test FOLDER").contains("TABLE.changelog");
  }

  @Test
  void namesTestsOfSeveralFoldersWithTheirFolder() throws Exception {
    for (String test : new String[] {"one/same", "two/same", "two/same-too"}) {
      Path of = Files.createDirectories(folder.resolve(test));
      Files.writeString(of.resolve("query.sql"), COUNT);
      Files.writeString(of.resolve("t.input"), "k | v\na | 1\n");
      Files.writeString(of.resolve("s.table"), "k | n | total\na | 1 | 1\n");
    }
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");

    assertThat(run(one + "/", two.toString()))
        .isEqualTo(
            String.format(
                "0 passed  %s/same%npassed  %s/same%npassed  %s/same-too%n3 of 3 tests passed%n",
                one, two, two));
    assertThat(run(one.resolve("same").toString(), two.resolve("same").toString()))
        .contains("passed  " + one + "/same\n", "passed  " + two + "/same\n");
  }

  private static String run(String... folders) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int code =
        new SqlTestCommand(new PrintStream(bytes, true, StandardCharsets.UTF_8)).run(folders);
    return code + " " + bytes.toString(StandardCharsets.UTF_8);
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
  }
}
