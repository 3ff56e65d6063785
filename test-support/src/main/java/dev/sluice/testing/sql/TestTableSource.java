package dev.sluice.testing.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.Column.MetadataColumn;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/**
 * A table whose rows are in a file of the test: it can be read, with the file's watermarks, and
 * looked up. Metadata columns are in the file under the names of their columns.
 */
final class TestTableSource
    implements ScanTableSource,
        LookupTableSource,
        SupportsSourceWatermark,
        SupportsReadingMetadata {
  private final TestTable table;
  private final ResolvedSchema schema;
  private DataType produced;
  private List<String> metadataKeys = List.of();

  TestTableSource(TestTable table, ResolvedSchema schema) {
    this.table = table;
    this.schema = schema;
    this.produced = schema.toPhysicalRowDataType();
  }

  @Override
  public ChangelogMode getChangelogMode() {
    if (table.hasKind(RowKind.UPDATE_BEFORE)) {
      return ChangelogMode.all();
    }
    return table.hasChanges() ? ChangelogMode.upsert() : ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    RowType type = (RowType) produced.getLogicalType();
    return SourceProvider.of(table.source(renamed(type), context.createTypeInformation(produced)));
  }

  @Override
  public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
    RowType type = (RowType) produced.getLogicalType();
    List<Integer> keys =
        Arrays.stream(context.getKeys()).map(path -> path[0]).collect(Collectors.toList());
    return LookupFunctionProvider.of(new TestLookup(table.id(), renamed(type), keys));
  }

  /** With the names that metadata columns have in the table, behind the physical ones. */
  private RowType renamed(RowType type) {
    List<String> names = new ArrayList<>();
    Map<String, String> namesByKey = new LinkedHashMap<>();
    schema.getColumns().stream().filter(Column::isPhysical).forEach(c -> names.add(c.getName()));
    metadata().forEach((key, column) -> namesByKey.put(key, column.getName()));
    metadataKeys.forEach(key -> names.add(namesByKey.getOrDefault(key, key)));
    List<RowType.RowField> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(new RowType.RowField(names.get(i), type.getTypeAt(i)));
    }
    return new RowType(fields);
  }

  private Map<String, MetadataColumn> metadata() {
    Map<String, MetadataColumn> columns = new LinkedHashMap<>();
    for (Column column : schema.getColumns()) {
      if (column instanceof MetadataColumn) {
        MetadataColumn metadata = (MetadataColumn) column;
        columns.put(metadata.getMetadataKey().orElse(metadata.getName()), metadata);
      }
    }
    return columns;
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    Map<String, DataType> types = new LinkedHashMap<>();
    metadata().forEach((key, column) -> types.put(key, column.getDataType()));
    return types;
  }

  @Override
  public void applyReadableMetadata(List<String> keys, DataType producedDataType) {
    metadataKeys = List.copyOf(keys);
    produced = producedDataType;
  }

  @Override
  public void applySourceWatermark() {
    // The steps of the input hold the watermarks.
  }

  @Override
  public DynamicTableSource copy() {
    TestTableSource copy = new TestTableSource(table, schema);
    copy.produced = produced;
    copy.metadataKeys = metadataKeys;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "test input";
  }
}
