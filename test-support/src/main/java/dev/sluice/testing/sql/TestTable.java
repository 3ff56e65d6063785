package dev.sluice.testing.sql;

import dev.sluice.testing.CollectingSink;
import dev.sluice.testing.ManualSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind one table of a test: the rows that it gives, or those that it got. Found by
 * the connector under its id, in the process of the test. For the thread of the test; its rows are
 * read by tasks.
 */
final class TestTable implements AutoCloseable {
  private static final Map<String, TestTable> TABLES = new ConcurrentHashMap<>();

  private final String id;
  private final @Nullable RowsFile input;
  private final CollectingSink<RowData> sink = CollectingSink.create();
  private final List<ManualSource<RowData>> sources = new ArrayList<>();

  TestTable(String id, @Nullable RowsFile input) {
    this.id = id;
    this.input = input;
    TABLES.put(id, this);
  }

  static TestTable find(String id) {
    TestTable table = TABLES.get(id);
    if (table == null) {
      throw new IllegalStateException("There is no test with a table '" + id + "' in this process");
    }
    return table;
  }

  String id() {
    return id;
  }

  CollectingSink<RowData> sink() {
    return sink;
  }

  boolean hasKind(RowKind kind) {
    return input().lines.stream()
        .anyMatch(line -> !line.isDirective() && input().kind(line) == kind);
  }

  boolean hasChanges() {
    return input().lines.stream()
        .anyMatch(line -> !line.isDirective() && input().kind(line) != RowKind.INSERT);
  }

  /** The rows and watermarks of the input, then its end. */
  ManualSource<RowData> source(RowType type, TypeInformation<RowData> information) {
    ManualSource<RowData> source = ManualSource.bounded(information);
    sources.add(source);
    for (RowsFile.Line line : input().lines) {
      if (line.isDirective()) {
        source.watermark(TestInput.watermark(line));
      } else {
        source.emit(TestInput.row(input(), line, type));
      }
    }
    source.end();
    return source;
  }

  /** The rows for a join that looks them up. */
  List<GenericRowData> rows(RowType type) {
    List<GenericRowData> rows = new ArrayList<>();
    for (RowsFile.Line line : input().lines) {
      if (!line.isDirective()) {
        rows.add(TestInput.row(input(), line, type));
      }
    }
    return rows;
  }

  private RowsFile input() {
    if (input == null) {
      throw new MalformedSqlTestException("Table '" + id + "' is read, but has no input");
    }
    return input;
  }

  @Override
  public void close() {
    TABLES.remove(id);
    sink.close();
    sources.forEach(ManualSource::close);
  }
}
