package dev.sluice.e2e;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reconciles records with the objects that DuckDB reads: each is in one object of its partition,
 * and nowhere else. The partition is taken from the object's path, not from the record.
 */
final class PartitionLedger {
  private static final Pattern PARTITION = Pattern.compile("/data/customer_id=([^/]+)/[^/]+$");
  private static final Pattern ID = Pattern.compile("\\{\"id\": (\\d+),.*\\s*");
  private static final int SHOWN = 20;

  private final Map<Integer, String> inputs;
  private final Map<Integer, String> seen = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * @param inputs the partition of each record, or {@code errors}
   */
  PartitionLedger(Map<Integer, String> inputs) {
    this.inputs = inputs;
  }

  /** Reads all that is in the folders data and errors. */
  void read(Path root) throws SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("SET threads TO 2");
      statement.execute("SET memory_limit = '256MB'");
      query(
          statement,
          root.resolve("data"),
          "SELECT id, filename FROM read_json('%s/**', format='newline_delimited',"
              + " columns={id: 'INTEGER'}, hive_partitioning=false, filename=true)",
          row -> record(row.getInt(1), partition(row.getString(2)), row.getString(2)));
      query(
          statement,
          root.resolve("errors"),
          "SELECT rawData, filename FROM read_json('%s/**', format='newline_delimited',"
              + " columns={rawData: 'VARCHAR'}, filename=true)",
          row -> record(id(row.getString(1)), "errors", row.getString(2)));
    }
  }

  void assertExact() {
    inputs.keySet().stream()
        .filter(id -> !seen.containsKey(id))
        .forEach(id -> wrong.add("record " + id + " of '" + inputs.get(id) + "' is lost"));
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          wrong.size()
              + " of "
              + inputs.size()
              + " are wrong: "
              + wrong.subList(0, Math.min(SHOWN, wrong.size())));
    }
  }

  private void record(int id, String partition, String file) {
    if (seen.put(id, partition) != null) {
      wrong.add("record " + id + " is there again, in " + file);
    }
    if (!partition.equals(inputs.get(id))) {
      wrong.add("record " + id + " of '" + inputs.get(id) + "' is in " + file);
    }
  }

  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private static void query(Statement statement, Path folder, String sql, Row row)
      throws SQLException {
    if (!Files.exists(folder)) {
      return;
    }
    try (ResultSet rows = statement.executeQuery(String.format(sql, folder))) {
      while (rows.next()) {
        row.read(rows);
      }
    }
  }

  private static String partition(String file) {
    Matcher matcher = PARTITION.matcher(file);
    return matcher.find() ? matcher.group(1) : "no partition";
  }

  private static int id(String base64) {
    String record = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    Matcher matcher = ID.matcher(record);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }
}
