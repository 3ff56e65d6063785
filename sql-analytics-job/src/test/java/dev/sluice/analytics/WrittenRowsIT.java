package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.source.generated.ticks.TickGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run of one's own script says at its end of the files that it has written. */
class WrittenRowsIT {
  private static final int TICKS = 500;

  @TempDir Path folder;

  @Test
  void tellsRowsAndFolderOfEachTableInFiles() throws Exception {
    Path script = folder.resolve("query.sql");
    Path output = folder.resolve("out");
    String csv = "file://" + folder.resolve("csv");
    String longName = "t".repeat(90);
    Files.writeString(
        script,
        """
        -- @uses classpath:sql/ticks.sql
        CREATE TABLE small (ticker STRING, price DOUBLE);
        CREATE TABLE `all``them` (ticker STRING);
        CREATE TABLE nothing (ticker STRING);
        CREATE TABLE elsewhere (ticker STRING) WITH ('connector' = 'blackhole');
        CREATE TABLE %s (ticker STRING) PARTITIONED BY (ticker)
          WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'csv');
        INSERT INTO small SELECT ticker, price FROM ticks WHERE volume < 250;
        INSERT INTO `all``them` SELECT ticker FROM ticks;
        INSERT INTO `all``them` SELECT ticker FROM ticks;
        INSERT INTO nothing SELECT ticker FROM ticks WHERE ticker = 'NONE';
        INSERT INTO elsewhere SELECT ticker FROM ticks;
        INSERT INTO %s SELECT ticker FROM ticks;
        """
            .formatted(longName, csv, longName));

    String printed =
        Job.run(
            "--script.path=" + script,
            "--generator.ticks=" + TICKS,
            "--output.type=files",
            "--tables.small.format=parquet",
            "--output.path=" + output);

    TickGenerator day = new Day(42, TICKS).generator();
    long small = IntStream.range(0, TICKS).filter(i -> day.tick(i).volume < 250).count();
    assertThat(small).isBetween(1L, TICKS - 1L);
    assertThat(printed.lines().map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "all`them 1,000 rows in " + output + "/all`them",
            "nothing 0 rows in " + output + "/nothing",
            "small " + small + " rows in " + output + "/small",
            longName + " 500 rows in " + csv);
  }

  @Test
  void refusesToAddToRowsOfAnotherRunUnlessItIsTold() throws Exception {
    Path output = folder.resolve("out");
    String[] run = {
      "--script.path=classpath:sql/filter.sql",
      "--generator.ticks=" + TICKS,
      "--output.type=files",
      "--output.path=" + output
    };
    Job.run(run);
    List<String> rows = Results.of(output, "filtered_ticks");
    assertThat(rows).isNotEmpty();

    assertThatThrownBy(() -> Job.run(run))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining(
            "'output.path' must hold no results yet, but there is 'file:"
                + output
                + "/filtered_ticks/")
        .hasMessageContaining("--output.append=true");
    assertThat(Results.of(output, "filtered_ticks")).hasSameSizeAs(rows);

    String[] added = Arrays.copyOf(run, run.length + 1);
    added[run.length] = "--output.append=true";
    Job.run(added);
    assertThat(Results.of(output, "filtered_ticks")).hasSize(2 * rows.size());
    // Other tables in the same folder are no rows of this one.
    run[0] = "--script.path=classpath:sql/hash.sql";
    Job.run(run);
    assertThat(Results.of(output, "hashed_ticks")).isNotEmpty();
  }
}
