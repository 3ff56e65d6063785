package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sluice sql-test} on the example of the README, as a newcomer copies it. */
@Timeout(180)
class SqlTestLauncherIT {
  private static final Pattern FOLDER = Pattern.compile("whole one, `my-tests/([a-z-]+)/`");
  private static final Pattern FILE =
      Pattern.compile("(?m)^`([a-z_.]+)`,.*\\n```\\w*\\n((?:.*\\n)*?)```");

  @TempDir Path folder;
  private Path example;

  @BeforeEach
  void copyTheExample() throws Exception {
    String readme =
        Files.readString(ImagePipeline.repository().resolve("sql-analytics-job/README.md"));
    Matcher named = FOLDER.matcher(readme);
    assertThat(named.find()).isTrue();
    example = Files.createDirectories(folder.resolve("my-tests").resolve(named.group(1)));
    Matcher files = FILE.matcher(readme);
    while (files.find()) {
      Files.writeString(example.resolve(files.group(1)), files.group(2));
    }
    assertThat(example.toFile().list())
        .containsExactlyInAnyOrder(
            "query.sql", "trades.input", "per_minute.changelog", "test.properties");
  }

  @Test
  void theExampleOfTheReadmePasses() throws Exception {
    sluice(0, "passed  trades-per-minute\n1 of 1 tests passed");
  }

  @Test
  void aTestThatFailsShowsTheDifferenceOfTheReadmeAndOthersAreRun() throws Exception {
    Path library = ImagePipeline.repository().resolve("sql-analytics-job/src/test/sql/vwap");
    Path other = Files.createDirectory(example.resolveSibling("vwap"));
    for (String file : new String[] {"test.properties", "ticks.input", "vwap.changelog"}) {
      Files.copy(library.resolve(file), other.resolve(file));
    }
    Path expected = example.resolve("per_minute.changelog");
    Files.writeString(expected, Files.readString(expected).replace("| 2\n", "| 3\n"));

    sluice(
        1,
        """
        failed  trades-per-minute
        %s: 1 of 1 expected rows are missing (-), 1 came that nobody expects (+)
              op | ticker | minute_start        | trades
            - +I | AMZN   | 2026-01-05 10:00:00 | 3   line 2
            + +I | AMZN   | 2026-01-05 10:00:00 | 2

        passed  vwap
        1 of 2 tests passed, 1 failed"""
            .formatted(expected));
  }

  @Test
  void aTestThatIsNoneIsToldWithWhatToDo() throws Exception {
    Files.move(example.resolve("query.sql"), example.resolve("qurey.sql"));

    sluice(
        2,
        """
        invalid trades-per-minute
        %s: the script 'query.sql' does not exist; 'test.properties' may name another with 'script = …'
        0 of 1 tests passed, 1 invalid
        How a test is written: ./sluice sql-test --help"""
            .formatted(example));
  }

  @Test
  void aFolderThatIsMissingIsTold() throws Exception {
    Files.move(example.getParent(), folder.resolve("yours"));

    sluice(
        2,
        """
        Error: '%s' is no folder
        How a test is written: ./sluice sql-test --help"""
            .formatted(folder.resolve("my-tests")));
  }

  /** Paths are relative to where the script is called. */
  private void sluice(int exitCode, String printed) throws Exception {
    try (Launcher launcher = Launcher.start(folder, "sql-test", "my-tests")) {
      assertThat(launcher.exitCode()).as(launcher.printed()).isEqualTo(exitCode);
      assertThat(launcher.printed()).endsWith(printed);
    }
  }
}
