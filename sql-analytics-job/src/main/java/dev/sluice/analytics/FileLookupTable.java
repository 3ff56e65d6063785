package dev.sluice.analytics;

import java.time.Duration;
import java.util.Arrays;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** A file whose rows are looked up. */
final class FileLookupTable implements LookupTableSource {
  private final String path;
  private final Duration reload;
  private final DecodingFormat<DeserializationSchema<RowData>> format;
  private final DataType type;

  FileLookupTable(
      String path,
      Duration reload,
      DecodingFormat<DeserializationSchema<RowData>> format,
      DataType type) {
    this.path = path;
    this.reload = reload;
    this.format = format;
    this.type = type;
  }

  @Override
  public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
    int[] keys = Arrays.stream(context.getKeys()).mapToInt(column -> column[0]).toArray();
    return LookupFunctionProvider.of(
        new FileLookup(
            path,
            reload,
            format.createRuntimeDecoder(context, type),
            (RowType) type.getLogicalType(),
            keys));
  }

  @Override
  public DynamicTableSource copy() {
    return new FileLookupTable(path, reload, format, type);
  }

  @Override
  public String asSummaryString() {
    return "lookup in a file";
  }
}
