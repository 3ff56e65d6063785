package dev.sluice.analytics;

import dev.sluice.common.operator.drop.sql.DropTableFactory;
import dev.sluice.common.operator.late.LateRowsTableFactory;
import dev.sluice.sql.ScriptProblem;
import dev.sluice.sql.SqlInsert;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tables that are operators of the job: rows go in, and others or the same come out. Checks the
 * order around them: rows go into one from one INSERT, and this comes before all that read from it.
 * Flink sees each INSERT alone, and cannot. Stateless.
 */
final class OperatorTables {
  private static final Set<String> CONNECTORS =
      Set.of(DropTableFactory.NAME, LateRowsTableFactory.NAME);

  private OperatorTables() {}

  static boolean isOne(@Nullable String connector) {
    return connector != null && CONNECTORS.contains(connector);
  }

  static List<ScriptProblem> problems(Set<String> tables, List<SqlInsert> inserts) {
    List<ScriptProblem> problems = new ArrayList<>();
    for (String table : tables) {
      Pattern reads = Pattern.compile("table=\\[\\[[^\\]]*, " + Pattern.quote(table) + "[,\\]]");
      boolean written = false;
      for (SqlInsert insert : inserts) {
        if (reads.matcher(insert.plan()).find() && !written) {
          problems.add(
              insert
                  .statement()
                  .problem(
                      "Table '"
                          + table
                          + "' has no rows yet: an INSERT INTO it must come before, in the same run"));
        }
        if (insert.table().equals(table)) {
          if (written) {
            problems.add(
                insert
                    .statement()
                    .problem(
                        "Rows go into table '"
                            + table
                            + "' from one INSERT, which may be a UNION ALL, and this is another"));
          }
          written = true;
        }
      }
    }
    return problems;
  }
}
