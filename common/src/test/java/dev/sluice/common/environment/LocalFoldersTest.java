package dev.sluice.common.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFoldersTest {
  static final JobOption<List<String>> INPUT = JobOption.ofStrings("input.path");
  static final JobOption<String> OUTPUT = JobOption.ofLocation("output.path");
  static final List<JobOption<?>> ALL =
      JobOption.all(List.of(INPUT, OUTPUT), EnvironmentOptions.ALL);

  @TempDir Path folder;

  @Test
  void takesFoldersAndFilesThatAreThere() throws Exception {
    Path file = Files.writeString(folder.resolve("a b.jpg"), "x");

    assertThatCode(() -> input(folder.toString(), file.toString(), folder.toUri().toString()))
        .doesNotThrowAnyException();
  }

  @Test
  void namesOptionAndPathOfWhatIsMissingAndSaysWhatToDo() {
    Path missing = folder.resolve("photso");

    assertThatThrownBy(() -> input(folder.toString(), missing.toString()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("Option 'input.path' must name what exists, and '" + missing + "'")
        .hasMessageContaining("check the spelling");
  }

  @Test
  void whatMayComeLaterNeedNotBeThere() {
    LocalFolders folders =
        new LocalFolders(arguments(folder.toString()))
            .mayCome(INPUT, List.of(folder.resolve("later").toString()));

    assertThatCode(folders::check).doesNotThrowAnyException();
  }

  @Test
  void reportsAllMistakesTogether() throws Exception {
    Path result = folder.resolve("out/classifications/2026-11-23/part-0.jsonl");
    Files.createDirectories(result.getParent());
    Files.writeString(result, "{}\n");
    LocalFolders folders =
        new LocalFolders(arguments("nowhere", "--output.path=" + folder.resolve("out")))
            .thereIs(INPUT, List.of("nowhere", "neither"))
            .holdsNothing(
                OUTPUT,
                List.of(folder.resolve("out/classifications").toString()),
                "choose another folder");

    assertThatThrownBy(folders::check)
        .isInstanceOfSatisfying(
            InvalidOptionException.class, e -> assertThat(e.problems()).hasSize(3))
        .hasMessageContaining("part-0.jsonl': choose another folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".part-0.inprogress", "_SUCCESS", "2026-11-23/.part-1", ".staging/part-2"})
  void unfinishedFilesAreNoResults(String name) throws Exception {
    Path file = folder.resolve("out").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{}\n");

    assertThatCode(() -> output(folder.resolve("out").toString())).doesNotThrowAnyException();
  }

  @Test
  void aFolderThatIsNotThereHoldsNothing() {
    assertThatCode(() -> output(folder.resolve("new").toString())).doesNotThrowAnyException();
  }

  @Test
  void fewRetriesLeaveAloneWhatWasSetOnPurpose() {
    Configuration given = new Configuration();
    given.setString("s3.attempts.maximum", "9");
    given.setString("s3.endpoint", "http://127.0.0.1:9000");

    Configuration few = LocalFileSystems.withFewRetries(given);

    assertThat(few.toMap())
        .containsEntry("s3.attempts.maximum", "9")
        .containsEntry("s3.endpoint", "http://127.0.0.1:9000")
        .containsEntry("fs.s3a.retry.limit", "1")
        .doesNotContainKey("fs.s3a.attempts.maximum");
    assertThat(given.toMap()).hasSize(2);
  }

  private void input(String... locations) throws Exception {
    new LocalFolders(arguments(String.join(",", locations)))
        .thereIs(INPUT, List.of(locations))
        .check();
  }

  private void output(String location) throws Exception {
    new LocalFolders(arguments("in", "--output.path=" + location))
        .holdsNothing(OUTPUT, List.of(location), "choose another folder")
        .check();
  }

  private static JobArguments arguments(String input, String... more) {
    String[] words = new String[more.length + 1];
    words[0] = "--input.path=" + input;
    System.arraycopy(more, 0, words, 1, more.length);
    return JobArguments.parse(words, ALL);
  }
}
