package dev.sluice.testing.sql;

import dev.sluice.sql.TableBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.WatermarkSpec;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/** Puts the files of a test behind the tables of its script. */
final class TestTables implements TableBinding, AutoCloseable {
  private final SqlTestFiles files;
  private final Map<String, TestTable> tables = new LinkedHashMap<>();
  private final Map<String, ResolvedSchema> schemas = new LinkedHashMap<>();
  private @Nullable MalformedSqlTestException malformed;

  TestTables(SqlTestFiles files) {
    this.files = files;
  }

  @Override
  public CatalogTable bind(String table, Role role, CatalogTable declared) {
    if (files.kept().contains(table)) {
      return declared;
    }
    try {
      return bound(table, role, declared);
    } catch (MalformedSqlTestException e) {
      malformed = malformed == null ? e : malformed;
      throw e;
    }
  }

  /** The first mistake in the files of the test that binding has met: no mistake of the script. */
  Optional<MalformedSqlTestException> malformed() {
    return Optional.ofNullable(malformed);
  }

  private CatalogTable bound(String table, Role role, CatalogTable declared) {
    boolean watermarks = false;
    RowsFile input = null;
    ResolvedSchema schema = ((ResolvedCatalogTable) declared).getResolvedSchema();
    if (role == Role.SOURCE) {
      input = files.input(table);
      TestInput.check(
          input,
          rowType(schema),
          schema.getWatermarkSpecs().stream()
              .map(WatermarkSpec::getRowtimeAttribute)
              .collect(Collectors.toList()));
      watermarks = TestInput.hasWatermarks(input);
      if (watermarks && schema.getWatermarkSpecs().isEmpty()) {
        throw new MalformedSqlTestException(
            input.path + ": has watermarks, but table '" + table + "' declares none");
      }
    }
    TestTable behind = new TestTable(table + "-" + UUID.randomUUID(), input);
    TestTable other = tables.put(table, behind);
    if (other != null) {
      other.close();
    }
    schemas.put(table, schema);
    return CatalogTable.newBuilder()
        .schema(watermarks ? withWatermarksOf(declared, schema) : declared.getUnresolvedSchema())
        .options(Map.of("connector", TestTableFactory.NAME, "id", behind.id()))
        .build();
  }

  /** All that a row of the table can bring: no computed columns. */
  static RowType rowType(ResolvedSchema schema) {
    List<RowType.RowField> fields = new ArrayList<>();
    for (Column column : schema.getColumns()) {
      if (column.isPhysical() || column instanceof Column.MetadataColumn) {
        fields.add(new RowType.RowField(column.getName(), column.getDataType().getLogicalType()));
      }
    }
    return new RowType(fields);
  }

  /** The table's own columns and key, and watermarks that the source brings. */
  private static Schema withWatermarksOf(CatalogTable declared, ResolvedSchema schema) {
    Schema given = declared.getUnresolvedSchema();
    Schema.Builder builder = Schema.newBuilder().fromColumns(given.getColumns());
    given
        .getPrimaryKey()
        .ifPresent(key -> builder.primaryKeyNamed(key.getConstraintName(), key.getColumnNames()));
    String column = schema.getWatermarkSpecs().get(0).getRowtimeAttribute();
    return builder.watermark(column, "SOURCE_WATERMARK()").build();
  }

  TestTable table(String name) {
    TestTable table = tables.get(name);
    if (table == null) {
      throw new MalformedSqlTestException(
          files.folder() + ": the script has no table '" + name + "', it has " + tables.keySet());
    }
    return table;
  }

  ResolvedSchema schema(String name) {
    ResolvedSchema schema = schemas.get(name);
    if (schema == null) {
      throw new MalformedSqlTestException(
          files.folder() + ": the script has no table '" + name + "', it has " + schemas.keySet());
    }
    return schema;
  }

  @Override
  public void close() {
    tables.values().forEach(TestTable::close);
  }
}
