package dev.sluice.analytics;

import dev.sluice.common.environment.Progress;
import dev.sluice.common.environment.ProgressLine;
import dev.sluice.common.report.Figures;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What a local run without a page has written into files: rows per table, counted by Flink where
 * they go into the files, whatever their format. After a restart rows that came again count again.
 * Immutable.
 */
final class WrittenRows {
  /** The uid that Flink gives to what writes the files of a table, by the node of the plan. */
  private static final Pattern WRITER_UID = Pattern.compile("(\\d+)_streaming-writer");

  /** What Flink cuts the names of operators to in the names of metrics. */
  private static final int LONGEST_NAME = 80;

  private final Map<String, String> folders;

  /**
   * Counts rows.
   *
   * @param folders by table
   */
  WrittenRows(Map<String, String> folders) {
    this.folders = Map.copyOf(folders);
  }

  /**
   * Names the operators that write files after their tables.
   *
   * @param tables that are written, by the number of their node in the plan
   */
  static void nameWriters(StreamExecutionEnvironment streams, Map<Integer, String> tables) {
    Set<Transformation<?>> all = new HashSet<>();
    streams.getTransformations().forEach(end -> all.addAll(end.getTransitivePredecessors()));
    for (Transformation<?> operator : all) {
      Matcher uid = WRITER_UID.matcher(operator.getUid() == null ? "" : operator.getUid());
      if (uid.matches()) {
        String table = tables.get(Integer.valueOf(uid.group(1)));
        if (table != null) {
          operator.setName(writer(table));
        }
      }
    }
  }

  /** Shows nothing and counts. */
  ProgressLine counted() {
    ProgressLine line = ProgressLine.NONE;
    for (String table : folders.keySet()) {
      line = line.silently(metric(table));
    }
    return line;
  }

  /**
   * A line per table:
   *
   * <pre>
   *   alerts  8 rows in file:/…/alerts
   * </pre>
   */
  void print(Progress progress, PrintStream out) {
    int width = folders.keySet().stream().mapToInt(String::length).max().orElse(0);
    new TreeMap<>(folders)
        .forEach(
            (table, folder) ->
                out.printf(
                    "  %-" + Math.max(1, width) + "s  %s in %s%n",
                    table,
                    Figures.count(progress.count(metric(table)), "row"),
                    folder));
  }

  private static String writer(String table) {
    return "write " + table;
  }

  private static String metric(String table) {
    String name = writer(table);
    return name.substring(0, Math.min(LONGEST_NAME, name.length())) + "/numRecordsIn";
  }
}
