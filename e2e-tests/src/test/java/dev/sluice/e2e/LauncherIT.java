package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody at a terminal gets from {@code ./sluice}: texts, exit codes, and Ctrl-C. */
@Timeout(180)
class LauncherIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JOB = "image-classification";

  @TempDir Path folder;
  private String printed = "";

  @Test
  void helpListsCommandsAndJobsFromAnyFolder() throws Exception {
    assertThat(sluice("help")).isZero();

    assertThat(printed).contains("./sluice run JOB").contains("  " + JOB + " ");
    assertThat(printed).contains("commands: plan redrive", "./sluice sql-test FOLDER");
    String help = printed;
    assertThat(sluice()).isZero();
    assertThat(printed).isEqualTo(help);
  }

  @Test
  void helpOfAJobListsItsOptionsFor80Columns() throws Exception {
    assertThat(sluice("help", JOB)).isZero();

    assertThat(printed).contains("--input.path").contains("--checkpoint.interval");
    assertThat(printed.lines()).allMatch(line -> line.length() <= 80);
  }

  /** Also the last of a job's commands, behind which those of the next job stand. */
  @Test
  void eachCommandThatHelpListsIsKnown() throws Exception {
    assertThat(sluice("help")).isZero();
    List<String> commands =
        printed
            .lines()
            .filter(line -> line.contains("commands: "))
            .flatMap(line -> Stream.of(line.replaceFirst(".*commands: ", "").trim().split(" ")))
            .toList();

    assertThat(commands).contains("plan", "redrive", "sweep", "audit", "translate");
    for (String command : commands) {
      assertThat(sluice(command)).isEqualTo(2);
      assertThat(printed).contains("which job? ./sluice " + command + " JOB");
    }
  }

  @Test
  void versionIsThatOfTheProject() throws Exception {
    assertThat(sluice("version")).isZero();

    assertThat(printed).matches("sluice [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "run image-clasification | unknown job 'image-clasification', did you mean '" + JOB + "'?",
        "help image-clasification | did you mean '" + JOB + "'?",
        "run zebra | unknown job 'zebra'",
        "run | which job?",
        "runn | did you mean 'run'?",
        "help a b c | help takes one job and one of its commands, not 'c'",
        "help " + JOB + " plan | '" + JOB + "' has no command 'plan'",
        "plan " + JOB + " | '" + JOB + "' has no command 'plan'",
        "plan | which job? ./sluice plan JOB",
        "sql-test | which folder? ./sluice sql-test FOLDER...",
        "sql-tst x | did you mean 'sql-test'?",
        "produce tick | unknown command 'produce tick', did you mean 'produce ticks'?",
        "redrive partitioned-snk | did you mean 'partitioned-sink'?",
      })
  void mistakesInWordsEndWith2AndAHint(String words, String hint) throws Exception {
    assertThat(sluice(words.split(" "))).isEqualTo(2);

    assertThat(printed).startsWith("sluice: ").contains(hint);
  }

  @Test
  void mistakesInOptionsEndWith2AndSayWhereOptionsAreListed() throws Exception {
    assertThat(sluice("run", JOB, "--batch.size=0", "--bacth.bytes=1")).isEqualTo(2);

    assertThat(printed)
        .contains("Option 'batch.size' must be between 1 and 256, but was '0'")
        .contains("did you mean 'batch.bytes'?")
        .contains("The options are listed by: ./sluice help " + JOB);
  }

  @Test
  void aMissingFolderEndsWith2AndIsNamed() throws Exception {
    Path missing = folder.resolve("photso");

    assertThat(sluice("run", JOB, "--input.path=" + missing)).isEqualTo(2);

    assertThat(printed).contains("Option 'input.path'").contains(missing.toString());
  }

  @Test
  void aFolderWithoutImagesIsNoMistakeButIsTold() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    int exitCode = sluice("run", JOB, "--input.path=" + empty, model(), output());

    assertThat(exitCode).as(printed).isZero();
    assertThat(printed).contains("Nothing was found below").contains(empty.toString());
  }

  @Test
  void ctrlCEndsAMonitoredRunWithAllThatWasReadInFilesAndOnThePage() throws Exception {
    Path photos = ImagePipeline.repository().resolve("sample-data/images");
    try (Launcher run =
        Launcher.start(
            folder,
            "run",
            JOB,
            "--input.path=" + photos,
            "--input.max-object-size=1 mb",
            "--input.discovery-interval=1 s",
            "--checkpoint.interval=1 h", // so that nothing is committed but by the end
            model(),
            output())) {
      run.awaitLine("classified 82 · dead letters 6");
      run.interrupt();

      assertThat(run.exitCode()).as(run.printed()).isEqualTo(130);
      printed = run.printed();
    }

    Ledger ledger = Ledger.of(pictures(photos));
    ledger.record(FinishedFiles.in(folder.resolve("out/classifications")), line -> name(line));
    ledger.assertExact();
    assertThat(figure("Classified +([0-9]+) images")).isEqualTo(82);
    assertThat(figure("Dead letters ([0-9]+):")).isEqualTo(6);
    assertThat(folder.resolve("out/report.html")).content().contains("</html>");
  }

  /** Rows wait in memory for objects that neither time nor a checkpoint would end in this run. */
  @Test
  void ctrlCWritesWhatPartitionsHoldInMemory() throws Exception {
    try (Launcher run =
        Launcher.start(
            folder,
            "run",
            "partitioned-sink",
            "--input.discovery-interval=1 s",
            "--buffer.interval=1 h",
            "--checkpoint.interval=1 h",
            output())) {
      run.awaitLine("records 4024 · dead letters 24");
      run.interrupt();

      assertThat(run.exitCode()).as(run.printed()).isEqualTo(130);
    }

    assertThat(linesOfObjects("customer_id=")).isEqualTo(4_024);
    assertThat(linesOfObjects("errors")).isEqualTo(24);
    assertThat(folder.resolve("out/_report.html")).content().contains("</html>");
  }

  private long linesOfObjects(String prefix) throws IOException {
    long lines = 0;
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean counts = folder.resolve("out").relativize(file).toString().startsWith(prefix);
        if (counts && file.getFileName().toString().startsWith("sluice-")) {
          lines += Files.readAllLines(file).size();
        }
      }
    }
    return lines;
  }

  @Test
  void aSecondRunIntoTheSameFolderIsRefused() throws Exception {
    Path result = folder.resolve("out/classifications/2026-11-23/classifications-0.jsonl");
    Files.createDirectories(result.getParent());
    Files.writeString(result, "{}\n");

    assertThat(sluice("run", JOB, output())).isEqualTo(2);

    assertThat(printed).contains("Option 'output.path'").contains("--output.append=true");
  }

  private int sluice(String... words) throws Exception {
    try (Launcher launcher = Launcher.start(folder, words)) {
      int exitCode = launcher.exitCode();
      printed = launcher.printed();
      return exitCode;
    }
  }

  private String output() {
    return "--output.path=" + folder.resolve("out");
  }

  private static String model() {
    return "--model.url="
        + ImagePipeline.repository().resolve("sample-data/models/resnet18-shapes").toUri();
  }

  private int figure(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(printed);
    assertThat(matcher.find()).as("%s in %s", pattern, printed).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private static List<String> pictures(Path photos) throws IOException {
    try (Stream<Path> files = Files.walk(photos)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getParent().endsWith("broken"))
          .map(file -> photos.relativize(file).toString())
          .toList();
    }
  }

  private static String name(String line) {
    try {
      String path = JSON.readTree(line).path("path").asText();
      return path.substring(path.indexOf("/images/") + "/images/".length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
