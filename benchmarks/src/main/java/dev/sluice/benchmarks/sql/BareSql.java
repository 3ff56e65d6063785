package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.StockFlink;
import dev.sluice.sql.ResolvedStatement;
import dev.sluice.sql.Secrets;
import dev.sluice.sql.SqlProgram;
import dev.sluice.sql.VariableValues;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** The text of a script's statements, executed by a bare table environment. */
final class BareSql {
  private BareSql() {}

  /** Runs to the end. */
  static void run(SqlRunOptions options) throws Exception {
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(
            StockFlink.environment(
                options.checkpoints(), options.interval(), SqlProcess.PARALLELISM));
    List<ResolvedStatement> statements =
        SqlProgram.load(List.of(options.script()))
            .resolve(VariableValues.of(options.variables(), "the benchmark"), new Secrets());
    for (ResolvedStatement statement : statements) {
      String sql = statement.sql();
      if (sql.startsWith("CREATE TABLE ticks ")) {
        tables.executeSql(sql + with(options.source()));
      } else if (sql.startsWith("CREATE TABLE ")) {
        tables.executeSql(sql + with(options.target()));
      } else {
        tables.executeSql(sql).await();
      }
    }
  }

  private static String with(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> "'" + option.getKey() + "' = '" + option.getValue() + "'")
        .collect(Collectors.joining(", ", " WITH (", ")"));
  }
}
