package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.OptionsTable;
import dev.sluice.common.environment.WrongInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of mistake in a script has a message with its place, and nothing is started. */
class ScriptMistakesTest {
  private static final String SINK = "CREATE TABLE counts (ticker STRING, n BIGINT);\n";

  @TempDir Path folder;

  @Test
  void syntax() {
    assertThat(mistakes("INSERT INTO counts SELECT ticker, 1 FORM ticks"))
        .containsExactly(
            "query.sql:3:42: Encountered \"ticks\"\n    in: INSERT INTO counts SELECT ticker, 1 FORM ticks");
  }

  @Test
  void unknownTableAndColumn() {
    assertThat(mistakes("INSERT INTO counts SELECT ticker, 1 FROM tikcs"))
        .containsExactly(
            "query.sql:3:42: Object 'tikcs' not found\n    in: INSERT INTO counts SELECT ticker, 1 FROM tikcs");
    assertThat(mistakes("INSERT INTO counts\nSELECT prize, 1 FROM ticks"))
        .first()
        .asString()
        .startsWith("query.sql:4:8: Column 'prize' not found in any table");
    assertThat(mistakes("INSERT INTO nowhere SELECT ticker, 1 FROM ticks"))
        .first()
        .asString()
        .startsWith(
            "query.sql:3:1: Cannot find table '`default_catalog`.`default_database`.`nowhere`'");
  }

  @Test
  void wrongType() {
    assertThat(mistakes("INSERT INTO counts SELECT ticker, ticker FROM ticks"))
        .first()
        .asString()
        .startsWith("query.sql:3:1: Column types of query result and sink for")
        .contains("'n' at position 1");
    assertThat(mistakes("INSERT INTO counts SELECT ticker, 1 FROM ticks WHERE price > event_time"))
        .first()
        .asString()
        .startsWith("query.sql:3:54: Cannot apply '>' to arguments of type");
  }

  @Test
  void missingVariable() {
    assertThat(
            mistakes(
                "INSERT INTO counts SELECT ticker, 1 FROM ticks WHERE price > ${limit:number}"))
        .first()
        .asString()
        .startsWith("query.sql:3:62: Variable 'limit' has no value and no default");
  }

  @Test
  void unknownVariable() {
    assertThat(mistakes("INSERT INTO counts SELECT ticker, 1 FROM ticks", "--variables.limit=5"))
        .containsExactly(
            "options 'variables.NAME': Variable 'limit' is asked for by no script; there are [lateness]");
  }

  @Test
  void missingFile() {
    assertThat(mistakesOf("--script.path=" + folder + "/none.sql,classpath:sql/none.sql"))
        .containsExactly(
            folder
                + "/none.sql: The script cannot be read: it does not exist, or is a folder without '*.sql'",
            "classpath:sql/none.sql: The script cannot be read: it does not exist, or is a folder without"
                + " '*.sql'");
  }

  @Test
  void hostileValuesAreRefusedOrStayValues() {
    String byNumber = "INSERT INTO counts SELECT ticker, 1 FROM ticks WHERE price > ${v:number}";
    String byInterval =
        "INSERT INTO counts SELECT ticker, 1 FROM ticks WHERE event_time > event_time - INTERVAL '${v}' MINUTE";
    String byName = "INSERT INTO counts SELECT ticker, 1 FROM ${v}";
    String option =
        "CREATE TABLE x (a INT) WITH ('connector' = '${v}'); INSERT INTO counts SELECT 'x', a FROM x";

    assertThat(mistakes(byNumber, "--variables.v=0 OR 1=1"))
        .first()
        .asString()
        .contains("Variable 'v' must be a number such as '500' or '0.5', but was '0 OR 1=1'");
    assertThat(mistakes(byInterval, "--variables.v=1' MINUTE OR '1'='1"))
        .first()
        .asString()
        .contains("Illegal interval literal format");
    assertThat(mistakes(byName, "--variables.v=ticks; DROP TABLE ticks"))
        .first()
        .asString()
        .contains("Object 'ticks; DROP TABLE ticks' not found");
    assertThat(mistakes(option, "--variables.v=print', 'path' = 'x"))
        .first()
        .asString()
        .contains("Could not find any factory for identifier 'print', 'path' = 'x'");
  }

  @Test
  void statementsThatAreNotForScripts() {
    assertThat(mistakes("SELECT * FROM ticks")).first().asString().contains("this is none of them");
    assertThat(
            mistakes("EXECUTE STATEMENT SET BEGIN\nINSERT INTO counts SELECT ticker, 1 FROM ticks"))
        .containsExactly("query.sql:3:1: The statement set has no END");
    assertThat(mistakesOf("--script.path=classpath:sql/ticks.sql"))
        .containsExactly("classpath:sql/ticks.sql: There is no INSERT: nothing would run");
  }

  @Test
  void connectorsOfTables() {
    assertThat(
            mistakes(
                "INSERT INTO counts SELECT ticker, 1 FROM ticks", "--tables.owt.connector=print"))
        .containsExactly(
            "options 'tables.TABLE.KEY': 'owt.connector' is about no table of the scripts; there are [counts, ticks]");
    assertThat(
            mistakes(
                "INSERT INTO counts SELECT ticker, 1 FROM ticks", "--tables.counts.conector=print"))
        .first()
        .asString()
        .contains("Unsupported options:")
        .contains("conector");
    assertThat(
            mistakes(
                "CREATE TABLE u (a INT); INSERT INTO counts SELECT 'x', a FROM u",
                "--input.type=generated"))
        .first()
        .asString()
        .contains("Table 'u' of generated ticks must have the columns");
  }

  @Test
  void tablesOfLateRows() {
    String table =
        "CREATE TABLE marked (ticker STRING, event_time TIMESTAMP(3), late BOOLEAN METADATA VIRTUAL,"
            + " WATERMARK FOR event_time AS %s) WITH ('connector' = 'sluice-late-rows');\n";
    String marked = String.format(table, "SOURCE_WATERMARK()");
    String in = "INSERT INTO marked SELECT ticker, event_time FROM ticks;\n";
    String out = "INSERT INTO counts SELECT ticker, 1 FROM marked WHERE late;\n";

    assertThat(mistakes(marked + out + in))
        .first()
        .asString()
        .startsWith("query.sql:4:1: Table 'marked' has no rows yet");
    assertThat(mistakes(marked + in + in + out))
        .first()
        .asString()
        .startsWith("query.sql:5:1: Rows go into table 'marked' from one INSERT");
    assertThat(mistakes(String.format(table, "event_time") + in + out))
        .first()
        .asString()
        .contains("Table 'marked' must say WATERMARK FOR … AS SOURCE_WATERMARK()");
  }

  @Test
  void tablesOfDrops() {
    String uses = "-- @uses classpath:sql/drops.sql\n";
    String in = "INSERT INTO drops SELECT ticker, price, event_time FROM ticks;\n";
    String out = "INSERT INTO counts SELECT ticker, 1 FROM drops;\n";

    assertThat(mistakes(uses + out + in))
        .containsExactly(
            "query.sql:4:1: Table 'drops' has no rows yet: an INSERT INTO it must come before, in the same run\n"
                + "    in: INSERT INTO counts SELECT ticker, 1 FROM drops");
    assertThat(mistakes(uses + in + in + out))
        .first()
        .asString()
        .startsWith("query.sql:5:1: Rows go into table 'drops' from one INSERT");
    assertThat(mistakes(uses + in + out, "--variables.drop.within=soon")).isNotEmpty();
    assertThat(mistakes(uses + in + out, "--tables.drops.drop=-1"))
        .first()
        .asString()
        .contains("Drop must be a positive number, but was '-1.0'");
    assertThat(mistakes(uses + in + out, "--tables.drops.key=symbol"))
        .first()
        .asString()
        .contains(
            "Table 'drops' of drops must have the columns 'symbol', 'price' and 'event_time'");
  }

  @Test
  void allMistakesAreToldTogetherAndNothingIsWritten() {
    Path output = folder.resolve("output");
    List<String> mistakes =
        mistakes(
            "INSERT INTO counts SELECT ticker, 1 FROM ticks;\nINSERT INTO counts SELECT nothing, 1 FROM ticks;\nSELEKT 1",
            "--output.type=files",
            "--output.path=" + output);

    assertThat(mistakes).hasSize(2);
    assertThat(mistakes.get(0)).startsWith("query.sql:4:27: Column 'nothing' not found");
    assertThat(mistakes.get(1)).startsWith("query.sql:5:1: ");
    assertThat(output).doesNotExist();
  }

  @Test
  void optionsThatContradictEachOther() {
    assertThatThrownBy(
            () ->
                Job.settings(
                    "--script.path=query.sql",
                    "--input.type=files",
                    "--output.type=files",
                    "--plan.run=a",
                    "--compile-plan=b",
                    "--kinesis.access-key=x"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll(
            "'input.path' must be set for '--input.type=files'",
            "'output.path' must be set for '--output.type=files'",
            "'plan.run' must not be set with 'plan.compile'",
            "'kinesis.access-key' must be set together with 'kinesis.secret-key'");
  }

  @ParameterizedTest
  @CsvSource({
    "--dryrun, dry-run",
    "--dryrun=true, dry-run",
    "--script.dryrun, script.dry-run",
    "--compileplan=p.json, compile-plan",
    "--plan.complie=p.json, plan.compile",
  })
  void shortOptionsThatAreMisspelt(String word, String meant) {
    assertThatThrownBy(() -> Job.settings("--script.path=query.sql", word))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("is not known (command line); did you mean '" + meant + "'?");
  }

  @Test
  void helpTellsShortOptions() {
    assertThat(OptionsTable.of(SqlAnalyticsOptions.ALL).plain())
        .containsPattern("--script\\.dry-run .*\n(    .*\n)*    .*'--dry-run'")
        .containsPattern("--plan\\.compile .*\n(    .*\n)*    .*'--compile-plan'");
  }

  private List<String> mistakes(String statements, String... options) {
    Path script = folder.resolve("query.sql");
    // What a script uses stands in its head.
    int head = statements.startsWith("-- @uses") ? statements.indexOf('\n') + 1 : 0;
    try {
      Files.writeString(
          script,
          "-- @uses classpath:sql/ticks.sql\n"
              + statements.substring(0, head)
              + SINK
              + statements.substring(head));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    String[] args = java.util.Arrays.copyOf(options, options.length + 1);
    args[options.length] = "--script.path=" + script;
    return mistakesOf(args).stream().map(text -> text.replace(folder + "/", "")).toList();
  }

  private static List<String> mistakesOf(String... args) {
    try {
      Job.run(args);
    } catch (WrongInputException e) {
      return e.mistakes();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return List.of();
  }
}
