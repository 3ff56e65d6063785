package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.junit.jupiter.api.Test;

/** What is code, string or comment for the tokenizer is the same for Flink's parser. */
class TokenizerPropertyTest {
  private static final String PARSER = "org.apache.flink.sql.parser.impl.";

  /** Flink's planner is in a class loader of its own. */
  private static final ClassLoader PLANNER = planner();

  @Property(tries = 3000, seed = "20260101")
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void seesWhatFlinkSees(@ForAll("sql") String sql) throws Exception {
    Optional<String> flink = readByFlink(sql);
    Tokenizer ours = Tokenizer.read(sql);

    boolean bothRead = flink.isPresent() && ours.remarks().isEmpty();
    Statistics.collect(bothRead);
    Statistics.coverage(checker -> checker.check(true).percentage(share -> share > 20));
    if (bothRead) {
      assertThat(ours.tokens().stream().map(token -> token.text).collect(Collectors.joining()))
          .isEqualTo(flink.get());
    }
  }

  @Test
  void seesCommentsOfBothKinds() throws Exception {
    String sql = "SELECT a // don't; ${v:string}\n, 'http://x' -- it's\r/ b /* // */ FROM t";

    assertThat(readByFlink(sql)).contains("SELECTa,'http://x'/bFROMt");
    assertThat(Tokenizer.read(sql).tokens())
        .extracting(token -> token.text)
        .containsExactly("SELECT", "a", ",", "'http://x'", "/", "b", "FROM", "t");
    assertThat(Tokenizer.read(sql).remarks()).isEmpty();
  }

  @Test
  void seesWhatFewWouldExpect() throws Exception {
    String sql = "SELECT E'it\\', _b--'//', _utf-8'/*', a_b--'\n, /***/ 'a' /* */ 'c'";

    assertThat(readByFlink(sql)).contains("SELECTE'it\\',_b--'//',_utf-8'/*',a_b,'c'");
    assertThat(Tokenizer.read(sql).tokens().stream().map(token -> token.text).toList())
        .isEqualTo(
            List.of(
                "SELECT", "E", "'it\\'", ",", "_b--", "'//'", ",", "_utf-8", "'/*'", ",", "a_b",
                ",", "'c'"));
  }

  /** All of its tokens; empty if it refuses the text. */
  private static Optional<String> readByFlink(String sql) throws Exception {
    Class<?> streamType = PLANNER.loadClass(PARSER + "SimpleCharStream");
    Class<?> lexerType = PLANNER.loadClass(PARSER + "FlinkSqlParserImplTokenManager");
    Object stream = streamType.getConstructor(Reader.class).newInstance(new StringReader(sql));
    Object lexer = lexerType.getConstructor(streamType).newInstance(stream);
    int backTicks =
        PLANNER.loadClass(PARSER + "FlinkSqlParserImplConstants").getField("BTID").getInt(null);
    lexerType.getMethod("SwitchTo", int.class).invoke(lexer, backTicks);
    StringBuilder read = new StringBuilder();
    try {
      while (true) {
        Object token = lexerType.getMethod("getNextToken").invoke(lexer);
        if (token.getClass().getField("kind").getInt(token) == 0) {
          return Optional.of(read.toString());
        }
        read.append(token.getClass().getField("image").get(token));
      }
    } catch (java.lang.reflect.InvocationTargetException e) {
      assertThat(e.getCause()).isInstanceOf(Error.class); // its TokenMgrError
      return Optional.empty();
    }
  }

  private static ClassLoader planner() {
    TableEnvironmentInternal tables =
        (TableEnvironmentInternal)
            StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment());
    return tables.getParser().getClass().getClassLoader();
  }

  @Provide
  Arbitrary<String> sql() {
    return Arbitraries.of(
            "'", "''", "`", "``", "\\", "-", "--", "/", "//", "/*", "/**", "*/", "/*+", "+", ";",
            "\n", "\r", "(", ")", "1", "2e-1", ".5", " ", "a", "E'", "e'x", "N'", "U&'", "x'", "_b",
            "é", "||", "<>", "=")
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(list -> String.join("", list));
  }
}
