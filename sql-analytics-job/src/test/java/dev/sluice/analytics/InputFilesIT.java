package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.source.generated.ticks.TickGenerator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A day in several files, read in the order of their names: no window loses a row. */
class InputFilesIT {
  private static final int FILES = 12;
  private static final int LINES = 400;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void readsAllWindowsOfManyFiles(int parallelism) throws Exception {
    TickGenerator day = TickGenerator.builder(42).ticks(FILES * LINES).build();
    for (int file = FILES - 1; file >= 0; file--) {
      write(String.format("hour=%02d/ticks-%02d.json", file / 2, file), day, file * LINES);
    }

    Files.createFile(folder.resolve("in/ticks/hour=00/empty.json"));

    run(parallelism);

    assertThat(Results.of(folder.resolve("out"), "volume_per_window"))
        .isEqualTo(new Day(42, FILES * LINES).volumePerWindow(60_000));
    assertThat(Results.of(folder.resolve("out"), "late_ticks")).isEmpty();
  }

  @Test
  void aLineThatCannotBeReadFailsTheJobAndIsNamedWithItsFile() throws Exception {
    Path file = folder.resolve("in/ticks/ticks.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "\n{\"ticker\":\n");

    assertThatThrownBy(() -> run(1))
        .rootCause() // what is printed
        .hasMessageContaining("Cannot read line 2 of 'file:" + file + "': ");
  }

  private void write(String name, TickGenerator day, int first) throws Exception {
    Path file = folder.resolve("in/ticks").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        IntStream.range(first, first + LINES)
            .mapToObj(i -> new String(day.generate(i).data, StandardCharsets.UTF_8))
            .collect(Collectors.joining("\n")));
  }

  private void run(int parallelism) throws Exception {
    Job.run(
        "--script.path=classpath:sql/volume_per_window.sql,classpath:sql/late_ticks.sql",
        "--input.type=files",
        "--input.path=" + folder.resolve("in").toUri(),
        "--output.type=files",
        "--output.path=" + folder.resolve("out").toUri(),
        "--checkpoint.interval=500 ms",
        "--flink.restart-strategy.type=none",
        "--job.parallelism=" + parallelism);
  }
}
