package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell sees: exit codes and messages of main(). */
class ProcessIT {
  @TempDir Path folder;

  @Test
  void endsWithTwoAndTheMistakesOfAScript() throws Exception {
    Path script = folder.resolve("query.sql");
    Files.writeString(
        script,
        "-- @uses classpath:sql/ticks.sql\nCREATE TABLE o (a STRING);\n"
            + "INSERT INTO o SELECT prize FROM ticks;\nINSERT INTO o SELECT ${missing:string} FROM ticks");

    String errors = run(2, "--script.path=" + script + ",classpath:sql/none.sql");

    assertThat(errors)
        .contains(
            "Error: " + script + ":4:22: Variable 'missing' has no value and no default",
            "Error: classpath:sql/none.sql: The script cannot be read")
        .doesNotContain("Exception", "\tat ");

    errors = run(2, "--script.path=" + script, "--variables.missing=x'; DROP TABLE ticks; --");

    assertThat(errors)
        .contains("Error: " + script + ":3:22: Column 'prize' not found in any table");
  }

  @Test
  void endsWithZeroAfterADryRun() throws Exception {
    assertThat(run(0, "--script.path=classpath:sql/vwap.sql", "--dry-run"))
        .contains("1 INSERTs are sound; nothing was run");
  }

  private String run(int exitCode, String... args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx512m"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SqlAnalyticsJob.class.getName()));
    command.addAll(List.of(args));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ended").isTrue();
      String text = Files.readString(output);
      assertThat(process.exitValue()).as(text).isEqualTo(exitCode);
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}
