package dev.sluice.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Left to itself, Flink casts local times to points in time, or back, in the session's zone. */
@Timeout(180)
class TimeZonesInSqlIT {
  private static final LocalDateTime TEN = LocalDateTime.of(2026, 1, 5, 10, 0);

  private final StreamTableEnvironment tables =
      StreamTableEnvironment.create(StreamExecutionEnvironment.createLocalEnvironment(1));

  @Test
  void noZoneOfTheSessionChangesATime() throws Exception {
    UdfRegistry.register(tables);
    tables.getConfig().setLocalTimeZone(ZoneId.of("America/New_York"));
    tables.createTemporaryView(
        "times",
        tables.fromValues(
            DataTypes.ROW(
                DataTypes.FIELD("t", DataTypes.TIMESTAMP_LTZ(3)),
                DataTypes.FIELD("dt", DataTypes.TIMESTAMP(3))),
            Row.of(TEN.toInstant(ZoneOffset.UTC), TEN)));

    assertThat(
            rows(
                tables.sqlQuery(
                    "SELECT DT_TO_EPOCH(t), DT_TO_EPOCH(t, 'Europe/Berlin'),"
                        + " TRY_DT_TO_EPOCH(t, '+05:45'), DT_TO_EPOCH(dt), DT_TO_EPOCH(dt,"
                        + " 'Europe/Berlin'), TRY_DT_TO_EPOCH(dt, '+01:00') FROM times")))
        .containsExactly(
            Row.of(
                1_767_607_200L,
                1_767_607_200L,
                1_767_607_200L,
                1_767_607_200L,
                1_767_603_600L,
                1_767_603_600L));
    assertThatThrownBy(() -> tables.sqlQuery("SELECT DT_TO_EPOCH(TRUE, 'UTC') FROM times"))
        .hasStackTraceContaining("DT_TO_EPOCH(BOOLEAN");
  }

  private static List<Row> rows(Table table) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> iterator = table.execute().collect()) {
      iterator.forEachRemaining(rows::add);
    }
    return rows;
  }
}
