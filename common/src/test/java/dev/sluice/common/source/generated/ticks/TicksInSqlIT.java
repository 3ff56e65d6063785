package dev.sluice.common.source.generated.ticks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.operator.drop.DropAlertTable;
import dev.sluice.common.operator.drop.DropRule;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The generator's JSON through Flink's own format, and from there to the drops. */
@Timeout(180)
class TicksInSqlIT {
  private static final int TICKS = 30_000;

  @TempDir Path folder;

  private final TickGenerator day =
      TickGenerator.builder(11).ticks(TICKS).duplicates(0.05).drops(6, 600).build();

  private final StreamTableEnvironment tables =
      StreamTableEnvironment.create(StreamExecutionEnvironment.createLocalEnvironment(1));

  @Test
  void flinksJsonReadsTheTicksAndTheDropsAreThePlantedOnes() throws Exception {
    try (OutputStream out = Files.newOutputStream(folder.resolve("ticks.json"))) {
      for (long i = 0; i < TICKS; i++) {
        out.write(day.generate(i).data);
        out.write('\n');
      }
    }
    tables.executeSql(
        "CREATE TABLE ticks (event_time TIMESTAMP(3), ticker VARCHAR(6), price DOUBLE,"
            + " volume BIGINT, event_id STRING, WATERMARK FOR event_time AS event_time - INTERVAL '"
            + day.maxLag().toSeconds()
            + "' SECOND) WITH ('connector' = 'filesystem', 'path' = '"
            + folder.toUri()
            + "', 'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601')");
    DropAlertTable.of(DropRule.of(500, Duration.ofMinutes(10)))
        .lateRows("late_ticks")
        .register(tables, "ticks", "drop_alerts");

    List<Row> rows = rows("SELECT event_id, ticker, price, volume, event_time FROM ticks");
    List<Row> alerts = rows("SELECT ticker, dropTime FROM drop_alerts");

    assertThat(rows).hasSize(TICKS);
    for (int i = 0; i < TICKS; i++) {
      assertThat(tick(rows.get(i))).isEqualTo(day.tick(i));
    }
    List<PlantedDrop> left = new ArrayList<>(day.plantedDrops());
    for (Row alert : alerts) {
      assertThat(left.removeIf(drop -> isIn(drop, alert))).as("%s", alert).isTrue();
    }
    assertThat(left).isEmpty();
    assertThat(rows("SELECT event_id FROM late_ticks")).isEmpty();
  }

  private static boolean isIn(PlantedDrop drop, Row alert) {
    var time = alert.<LocalDateTime>getFieldAs(1).toInstant(ZoneOffset.UTC);
    return drop.ticker().equals(alert.getField(0))
        && time.isAfter(drop.start())
        && time.isBefore(drop.riseStart());
  }

  private static Tick tick(Row row) {
    LocalDateTime time = row.getFieldAs(4);
    return new Tick(
        row.getFieldAs(0),
        row.getFieldAs(1),
        row.getFieldAs(2),
        row.getFieldAs(3),
        time.toInstant(ZoneOffset.UTC).toEpochMilli());
  }

  private List<Row> rows(String sql) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> found = tables.executeSql(sql).collect()) {
      found.forEachRemaining(rows::add);
    }
    return rows;
  }
}
