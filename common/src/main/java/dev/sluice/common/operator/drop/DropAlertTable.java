package dev.sluice.common.operator.drop;

import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * Makes the drops of a table a table, so that SQL can select from it as from any other.
 *
 * <pre>{@code
 * DropAlertTable.of(DropRule.of(500, Duration.ofMinutes(10)))
 *     .columns("ticker", "price")
 *     .register(tables, "ticks", "drop_alerts");
 * tables.executeSql("SELECT * FROM drop_alerts");
 * }</pre>
 *
 * <p>The view has the columns of the pattern that {@link DropAlerts} shows: the key's, {@code
 * initialPriceTime}, {@code dropTime}, {@code dropDiff}, {@code initialPrice}, {@code lastPrice}.
 * The times are of the type of the source's time attribute, with milliseconds; the prices are
 * {@code DOUBLE}; {@code dropTime} is the time attribute. It is append-only.
 *
 * <p><b>Limits.</b> The source needs an event-time attribute and must be append-only. As every
 * table made of a stream, the view lives in its environment alone and cannot be in a compiled plan:
 * the connector {@code sluice-drops} can.
 *
 * <p>Immutable.
 */
public final class DropAlertTable {
  private final DropRule rule;
  private final String key;
  private final String price;
  private final @Nullable String lateView;
  private final @Nullable String unusableView;

  private DropAlertTable(
      DropRule rule,
      String key,
      String price,
      @Nullable String lateView,
      @Nullable String unusableView) {
    this.rule = rule;
    this.key = key;
    this.price = price;
    this.lateView = lateView;
    this.unusableView = unusableView;
  }

  /** Drops by a rule, in the columns {@code ticker} and {@code price}. */
  public static DropAlertTable of(DropRule rule) {
    return new DropAlertTable(rule, "ticker", "price", null, null);
  }

  /** Which columns have the key, which is text, and the price, which is a number. */
  public DropAlertTable columns(String key, String price) {
    return new DropAlertTable(rule, key, price, lateView, unusableView);
  }

  /** A view for rows that came too late, with the source's columns. All are counted anyway. */
  public DropAlertTable lateRows(String view) {
    return new DropAlertTable(rule, key, price, view, unusableView);
  }

  /**
   * A view for rows without a key or a price, with the source's columns. All are counted anyway.
   */
  public DropAlertTable unusableRows(String view) {
    return new DropAlertTable(rule, key, price, lateView, view);
  }

  /**
   * Adds the view to the environment.
   *
   * @param source a table or view
   * @param view name of the new view, and the start of the operators' uids
   * @throws IllegalArgumentException if the source has not what it takes
   */
  public void register(StreamTableEnvironment tables, String source, String view) {
    Table table = tables.from(source);
    DropColumns columns = DropColumns.in(table.getResolvedSchema(), source, key, price);
    DataStream<Row> rows = tables.toDataStream(table);
    DropAlerts<Row> drops = DropAlerts.on(rows, columns, rule, view);
    boolean local = columns.isLocalTime();
    DataStream<Row> alerts =
        drops
            .alerts()
            .map(new AlertRow(local))
            .returns(rowType(local))
            .name("drops as rows")
            .uid(view + "-rows");
    tables.createTemporaryView(view, alerts, schema(local));
    if (lateView != null) {
      tables.createTemporaryView(lateView, drops.lateRows());
    }
    if (unusableView != null) {
      tables.createTemporaryView(unusableView, drops.unusableRows());
    }
  }

  private TypeInformation<Row> rowType(boolean local) {
    TypeInformation<?> time = local ? Types.LOCAL_DATE_TIME : Types.INSTANT;
    return Types.ROW_NAMED(
        AlertRow.names(key), Types.STRING, time, time, Types.DOUBLE, Types.DOUBLE, Types.DOUBLE);
  }

  private Schema schema(boolean local) {
    DataType time = local ? DataTypes.TIMESTAMP(3) : DataTypes.TIMESTAMP_LTZ(3);
    String[] names = AlertRow.names(key);
    DataType[] types = {
      DataTypes.STRING(), time, time, DataTypes.DOUBLE(), DataTypes.DOUBLE(), DataTypes.DOUBLE()
    };
    return Schema.newBuilder()
        .fromFields(names, types)
        .watermark(Objects.requireNonNull(names[AlertRow.DROP_TIME]), "SOURCE_WATERMARK()")
        .build();
  }
}
