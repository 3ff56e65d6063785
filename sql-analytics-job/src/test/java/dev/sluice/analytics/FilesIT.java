package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.LocalS3;
import dev.sluice.testing.S3FileSystem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitioned CSV and Parquet files, as other programs read them, here and on S3. */
class FilesIT {
  private static final int TICKS = 1_000;

  @TempDir Path folder;

  @Test
  void writesPartitionsWithSuccessFiles() throws Exception {
    Path csv = folder.resolve("csv");
    Path parquet = folder.resolve("parquet");

    run(csv.toUri().toString(), parquet.toUri().toString());

    for (Path output : List.of(csv, parquet)) {
      List<Path> partitions = partitions(output);
      assertThat(partitions).hasSize(10); // a day of 10 stocks
      assertThat(partitions)
          .allSatisfy(
              partition -> {
                assertThat(folder.relativize(partition).toString())
                    .matches("(csv|parquet)/day=2026-01-05/ticker=[A-Z]+");
                assertThat(partition.resolve("_SUCCESS")).exists();
              });
    }
    Day day = new Day(42, TICKS);
    String csvFiles = "read_csv('" + csv + "/*/*/[!_.]*', header=false, hive_partitioning=true)";
    String parquetFiles = "read_parquet('" + parquet + "/*/*/[!_.]*', hive_partitioning=true)";
    assertThat(
            query(
                "SELECT count(*), sum(column3), min(column4), count(DISTINCT ticker) FROM "
                    + csvFiles))
        .isEqualTo(
            query(
                "SELECT count(*), sum(volume), min(event_time), count(DISTINCT ticker) FROM "
                    + parquetFiles))
        .startsWith(TICKS + "|");
    assertThat(query("SELECT count(DISTINCT event_id) FROM " + parquetFiles))
        .isEqualTo(String.valueOf(day.uniqueTicks().size()));
  }

  @Test
  void writesToS3() throws Exception {
    try (LocalS3 s3 = LocalS3.start()) {
      s3.createBucket("ticks");
      S3FileSystem.initialize(s3.flinkConfiguration(), Path.of("target/plugins"));

      run("s3://ticks/csv", "s3://ticks/parquet");

      long lines = 0;
      for (String key : s3.list("ticks", "csv/")) {
        lines += new String(s3.get("ticks", key), StandardCharsets.UTF_8).lines().count();
      }
      assertThat(lines).isEqualTo(TICKS);
      assertThat(s3.list("ticks", "csv/")).filteredOn(key -> key.endsWith("/_SUCCESS")).hasSize(10);
      assertThat(s3.list("ticks", "parquet/"))
          .filteredOn(key -> key.endsWith("/_SUCCESS"))
          .hasSize(10);
    } finally {
      S3FileSystem.reset();
    }
  }

  private static void run(String csv, String parquet) throws Exception {
    Configuration flink = new Configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    SqlRun.rehearse(
            Job.settings(
                "--script.path=classpath:sql/files_csv.sql,classpath:sql/files_parquet.sql",
                "--variables.csv.path=" + csv,
                "--variables.parquet.path=" + parquet,
                "--generator.ticks=" + TICKS))
        .addTo(env);
    env.execute();
  }

  private static List<Path> partitions(Path output) throws Exception {
    assertThat(FinishedFiles.in(output).files()).isNotEmpty();
    try (var files = Files.walk(output, 2)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("ticker="))
          .collect(Collectors.toList());
    }
  }

  private static String query(String sql) throws Exception {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      StringBuilder text = new StringBuilder();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        text.append(i == 1 ? "" : "|").append(rows.getString(i));
      }
      return text.toString();
    }
  }
}
