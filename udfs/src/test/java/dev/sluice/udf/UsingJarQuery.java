package dev.sluice.udf;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * A program that knows Flink alone: it creates functions from a JAR and prints what they give. Its
 * arguments are the JAR, and then {@code NAME=class} for each function.
 */
public final class UsingJarQuery {
  private UsingJarQuery() {}

  public static void main(String[] args) throws Exception {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    for (String function : List.of(args).subList(1, args.length)) {
      String[] parts = function.split("=", 2);
      tables.executeSql(
          "CREATE FUNCTION `" + parts[0] + "` AS '" + parts[1] + "' USING JAR '" + args[0] + "'");
    }
    tables.executeSql(
        "CREATE TEMPORARY VIEW data AS SELECT * FROM (VALUES"
            + " ('AMZN', TIMESTAMP '2026-01-05 10:00:00', 1767607200, '{\"a\":[1,2]}', 800.0, 2),"
            + " ('AMZN', TIMESTAMP '2026-01-05 10:05:00', 1767607500, '{\"a\":[3]}', 200.0, 4))"
            + " AS T(t, dt, n, j, price, volume)");
    print(tables, SqlFunctionsIT.SCALARS + " FROM data");
    // a regular expression needs the tables of jcodings
    print(tables, "SELECT JSON_QUERY_JQ(j, 'tostring | test(\"[^\\\\W\\\\d_]{1}\")') FROM data");
    print(tables, "SELECT idx, item FROM data, LATERAL TABLE(EXPLODE_JSON('[7,\"x\"]'))");
    print(
        tables,
        "SELECT idx, item FROM data, LATERAL TABLE(TRY_EXPLODE_JSON(JSON_QUERY_JQ(j, '.a')))");
    print(
        tables,
        "SELECT VWAP(price, volume), EMA(price, dt, INTERVAL '5' MINUTE) FROM data GROUP BY t");
  }

  private static void print(TableEnvironment tables, String query) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> found = tables.executeSql(query).collect()) {
      found.forEachRemaining(rows::add);
    }
    System.out.println("RESULT " + rows);
  }
}
