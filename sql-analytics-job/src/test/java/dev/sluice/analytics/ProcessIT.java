package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Await;
import dev.sluice.testing.Xml;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  @Test
  void aStoppedRunSaysOnItsPageThatItIsPartial() throws Exception {
    Path day = folder.resolve("day");
    Path output = folder.resolve("output.txt");
    Process process =
        start(output, "--output.path=" + day, "--generator.rate=100", "--checkpoint.interval=1 s");
    try {
      // Trades are read, and all tasks run.
      Await.until(
          "an alert",
          Duration.ofMinutes(2),
          () -> Files.exists(output) && Files.readString(output).contains("ALERT"));
      assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();

      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended").isTrue();
    } finally {
      process.destroyForcibly();
    }

    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isEqualTo(130);
    assertThat(text).containsPattern("Trades .* s until it was stopped, ");
    assertThat(Xml.all(Xml.parse(Files.readString(day.resolve("report.html"))), "//h1"))
        .singleElement()
        .asString()
        .matches("Partial run: \\d+ price drops? in [1-9][\\d,]* trades");
  }

  private String run(int exitCode, String... args) throws Exception {
    Path output = folder.resolve("output.txt");
    Process process = start(output, args);
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ended").isTrue();
      String text = Files.readString(output);
      assertThat(process.exitValue()).as(text).isEqualTo(exitCode);
      return text;
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Path output, String... args) throws IOException {
    // A build in the background ignores SIGINT, and whom it starts would, too.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-Xmx512m");
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
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
