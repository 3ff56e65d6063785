package dev.sluice.common.operator.late;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * The connector {@code sluice-late-rows}: a table into which rows go, and out of which they come
 * with a mark whether they are late.
 *
 * <pre>{@code
 * CREATE TABLE marked_ticks (
 *   ticker STRING,
 *   price DOUBLE,
 *   event_time TIMESTAMP(3),
 *   late BOOLEAN METADATA VIRTUAL,
 *   WATERMARK FOR event_time AS SOURCE_WATERMARK()
 * ) WITH ('connector' = 'sluice-late-rows');
 *
 * INSERT INTO marked_ticks SELECT ticker, price, event_time FROM ticks;
 * INSERT INTO late_ticks SELECT ticker, price, event_time FROM marked_ticks WHERE late;
 * INSERT INTO volume_in_time SELECT … FROM TABLE(TUMBLE(
 *   TABLE (SELECT * FROM marked_ticks WHERE NOT late), DESCRIPTOR(event_time), …)) …;
 * }</pre>
 *
 * <p>All INSERTs belong in one job, a statement set: in it the table is an operator and its two
 * streams, and nothing is stored. The one into the table comes first, and there is one only. The
 * table can be in a compiled plan.
 *
 * <p><b>Late</b> is a row whose time is not above the watermark of the operator, which is that of
 * all inputs that are not idle. No window, pattern or other operator behind it drops a row that is
 * not marked: not after a restart, with another parallelism, or while an input is idle. That is
 * where {@code CURRENT_WATERMARK} fails: it is NULL after a restart, when windows have their
 * watermark back, and each subtask has its own.
 *
 * <p><b>Rows</b> keep their order, but for a UNION ALL of inputs of different parallelism; one
 * without a time fails the job. The time is the column that has the watermark, and the watermarks
 * are those of the query that brings the rows: without a time attribute there are none, and no row
 * is late. A time attribute must arrive as it is: a column of the other timestamp type fails the
 * job, because the cast moves it by the zone and the watermark stays.
 *
 * <p><b>Restarts</b> need exactly-once checkpoints, and a savepoint that has this table already:
 * put in front of windows that bring their watermark along, it begins without one.
 *
 * <p><b>Idleness</b> ends here: while all inputs are idle, the watermark behind stands still. A
 * join or union with a stream that goes on waits.
 *
 * <p><b>Metrics.</b> Counter {@code lateRows}.
 */
public final class LateRowsTableFactory
    implements DynamicTableSinkFactory, DynamicTableSourceFactory {
  /** What a table names in its option {@code connector}. */
  public static final String NAME = "sluice-late-rows";

  static final String LATE = "late";

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    return new RowsSink(table(context));
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    return new MarkedRowsSource(table(context), context.getPhysicalRowDataType());
  }

  private LateRowsTable table(Context context) {
    FactoryUtil.createTableFactoryHelper(this, context).validate();
    return LateRowsTable.of(context);
  }

  @Override
  public String factoryIdentifier() {
    return NAME;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }
}
