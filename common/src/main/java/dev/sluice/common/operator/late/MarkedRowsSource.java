package dev.sluice.common.operator.late;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.table.types.DataType;

/** Where rows come out, with the mark as metadata. */
final class MarkedRowsSource
    implements ScanTableSource, SupportsReadingMetadata, SupportsSourceWatermark {
  private final LateRowsTable table;
  private final DataType columns;
  private DataType type;
  private boolean marked;

  MarkedRowsSource(LateRowsTable table, DataType columns) {
    this.table = table;
    this.columns = columns;
    this.type = columns;
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    return Map.of(LateRowsTableFactory.LATE, DataTypes.BOOLEAN());
  }

  @Override
  public void applyReadableMetadata(List<String> keys, DataType produced) {
    marked = !keys.isEmpty();
    type = produced;
  }

  @Override
  public void applySourceWatermark() {
    // Watermarks come with the rows: those of the query that brings them.
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    TypeInformation<RowData> rows = context.createTypeInformation(columns);
    TypeInformation<RowData> produced = context.createTypeInformation(type);
    ToRow toRow = new ToRow(marked);
    return new DataStreamScanProvider() {
      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext provider, StreamExecutionEnvironment env) {
        DataStream<Tuple2<RowData, Boolean>> stream =
            RowsSink.MARKED.take(
                table.identifier,
                env,
                Types.TUPLE(rows, Types.BOOLEAN),
                provider.generateUid("none").orElse("none-of-" + table.identifier));
        return stream
            .map(toRow)
            .returns(produced)
            .setParallelism(stream.getParallelism())
            .name("marked rows")
            .uid(provider.generateUid("rows").orElse("rows-of-" + table.identifier));
      }

      @Override
      public boolean isBounded() {
        return false; // as the rows are, which is not known here; a bounded job ends all the same
      }
    };
  }

  @Override
  public DynamicTableSource copy() {
    MarkedRowsSource copy = new MarkedRowsSource(table, columns);
    copy.type = type;
    copy.marked = marked;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "rows with late ones marked";
  }

  /** Puts the mark behind the columns, if it is asked for. */
  private static final class ToRow implements MapFunction<Tuple2<RowData, Boolean>, RowData> {
    private static final long serialVersionUID = 1L;

    private final boolean marked;

    ToRow(boolean marked) {
      this.marked = marked;
    }

    @Override
    public RowData map(Tuple2<RowData, Boolean> row) {
      return marked ? new JoinedRowData(row.f0, GenericRowData.of(row.f1)) : row.f0;
    }
  }
}
