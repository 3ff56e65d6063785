package dev.sluice.common.operator.drop.sql;

import dev.sluice.common.operator.drop.DropAlert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
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
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/** Where drops come out: the price that completes one, and as metadata where it fell from. */
final class DropsSource
    implements ScanTableSource, SupportsReadingMetadata, SupportsSourceWatermark {
  private final DropTable table;
  private List<String> metadata = List.of();
  private @Nullable DataType type;

  DropsSource(DropTable table) {
    this.table = table;
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    Map<String, DataType> readable = new LinkedHashMap<>();
    readable.put(DropToRow.INITIAL_PRICE, DataTypes.DOUBLE());
    readable.put(DropToRow.INITIAL_PRICE_TIME, table.timeType);
    readable.put(DropToRow.DROP_DIFF, DataTypes.DOUBLE());
    return readable;
  }

  @Override
  public void applyReadableMetadata(List<String> keys, DataType produced) {
    metadata = List.copyOf(keys);
    type = produced;
  }

  @Override
  public void applySourceWatermark() {
    // Watermarks come with the drops: those of the query that brings the prices.
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    if (type == null) {
      throw new IllegalStateException("Flink has not told the columns of " + table.identifier);
    }
    TypeInformation<RowData> produced = context.createTypeInformation(type);
    DropToRow toRow = new DropToRow(table, new ArrayList<>(metadata));
    return new DataStreamScanProvider() {
      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext provider, StreamExecutionEnvironment env) {
        DataStream<DropAlert> drops =
            PricesSink.DROPS.take(
                table.identifier,
                env,
                TypeInformation.of(DropAlert.class),
                provider.generateUid("none").orElse("none-of-" + table.identifier));
        return drops
            .map(toRow)
            .returns(produced)
            .name("drops as rows")
            .uid(provider.generateUid("rows").orElse("rows-of-" + table.identifier));
      }

      @Override
      public boolean isBounded() {
        return false; // as the prices are, which are not known here; a bounded job ends all the
        // same
      }
    };
  }

  @Override
  public DynamicTableSource copy() {
    DropsSource copy = new DropsSource(table);
    copy.metadata = metadata;
    copy.type = type;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "drops";
  }
}
