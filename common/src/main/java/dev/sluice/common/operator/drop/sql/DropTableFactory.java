package dev.sluice.common.operator.drop.sql;

import java.time.Duration;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * The connector {@code sluice-drops}: a table into which prices go, and out of which come those
 * that complete a drop, as {@link dev.sluice.common.operator.drop.DropAlerts} finds them.
 *
 * <pre>{@code
 * CREATE TABLE drops (
 *   ticker STRING,
 *   price DOUBLE,
 *   event_time TIMESTAMP(3),
 *   initial_price DOUBLE METADATA VIRTUAL,
 *   initial_price_time TIMESTAMP(3) METADATA VIRTUAL,
 *   drop_diff DOUBLE METADATA VIRTUAL,
 *   WATERMARK FOR event_time AS SOURCE_WATERMARK()
 * ) WITH ('connector' = 'sluice-drops', 'drop' = '500', 'within' = '10 min');
 *
 * INSERT INTO drops SELECT ticker, price, event_time FROM ticks;
 * INSERT INTO alerts SELECT ticker, initial_price_time, event_time, drop_diff FROM drops;
 * }</pre>
 *
 * <p>Both INSERTs belong in one job, a statement set: in it the table is an operator and its two
 * streams, and nothing is stored. The one into the table comes first, and there is one only. Unlike
 * a view that is made of a stream, the table can be in a compiled plan.
 *
 * <p><b>Columns.</b> The key is text (option {@code key}, {@code ticker} unless told), the price a
 * {@code DOUBLE} (option {@code price}), and the third has the watermark. What is written there
 * does not count: the time of a row is the time attribute of the query, which must have one, or the
 * job fails with its first row. The metadata is read only.
 *
 * <p><b>Options.</b> {@code drop} and {@code within}, as in {@link
 * dev.sluice.common.operator.drop.DropRule}; {@code least-start}, the least price to fall from,
 * which is the drop unless told.
 */
public final class DropTableFactory implements DynamicTableSinkFactory, DynamicTableSourceFactory {
  /** What a table names in its option {@code connector}. */
  public static final String NAME = "sluice-drops";

  static final ConfigOption<Double> DROP = ConfigOptions.key("drop").doubleType().noDefaultValue();
  static final ConfigOption<Duration> WITHIN =
      ConfigOptions.key("within").durationType().noDefaultValue();
  static final ConfigOption<Double> LEAST_START =
      ConfigOptions.key("least-start").doubleType().noDefaultValue();
  static final ConfigOption<String> KEY =
      ConfigOptions.key("key").stringType().defaultValue("ticker");
  static final ConfigOption<String> PRICE =
      ConfigOptions.key("price").stringType().defaultValue("price");

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    return new PricesSink(table(context));
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    return new DropsSource(table(context));
  }

  private DropTable table(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validate();
    return DropTable.of(context, helper.getOptions());
  }

  @Override
  public String factoryIdentifier() {
    return NAME;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(DROP, WITHIN);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(LEAST_START, KEY, PRICE);
  }
}
