package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionMistakesTest {
  private static final JobOption<Integer> SIZE =
      JobOption.ofInt("batch.size").defaultTo(16).between(1, 1024);
  private static final JobOption<Duration> AGE =
      JobOption.ofDuration("batch.max-age").defaultTo(Duration.ofSeconds(1)).positive();
  private static final JobOption<String> OUTPUT = JobOption.ofLocation("output.path").required();
  private static final List<JobOption<?>> OPTIONS = List.of(SIZE, AGE, OUTPUT);

  @TempDir Path folder;

  @Test
  void reportsAllMistakesOfAllPlacesTogether() throws IOException {
    Path managed =
        json("managed.json", "[{'PropertyGroupId':'batch','PropertyMap':{'max-age':'0'}}]");
    Path config = json("config.json", "[{'PropertyGroupId':'bach','PropertyMap':{'size':'1'}}]");

    List<String> mistakes = mistakes(managed, "--batch.size=0", "--config=" + config, "word");

    assertThat(mistakes)
        .containsExactlyInAnyOrder(
            "Option 'batch.max-age' must be positive, but was '0' (property group 'batch')",
            "Option 'bach.size' is not known (config file '"
                + config
                + "'); did you mean 'batch.size'?",
            "Option 'batch.size' must be between 1 and 1024, but was '0' (command line)",
            "Argument 3 is not an option: options look like '--group.name=value' (command line)",
            "Option 'output.path' is required, but has no value");
  }

  @ParameterizedTest
  @CsvSource({
    "--bach.size=1, did you mean 'batch.size'?",
    "--batch.max_age=1, did you mean 'batch.max-age'?",
    "--outptu.path=1, did you mean 'output.path'?",
    "--zzzzzzzzzzzz=1, '--help' lists those that are",
    "--s3.endpoint=1, write 'flink.s3.endpoint'",
  })
  void namesWhatAnUnknownKeyMayHaveMeant(String word, String hint) {
    assertThat(mistakes("--output.path=o", word))
        .singleElement()
        .asString()
        .contains("is not known")
        .endsWith(hint);
  }

  @Test
  void reportsRepeatedOptionsOnce() {
    assertThat(mistakes("--output.path=o", "--batch.size=1", "--batch.size=2"))
        .containsExactly("Option 'batch.size' is given twice (command line)");
    assertThat(mistakes("--output.path=o", "--config=" + folder.resolve("a"), "--config=b"))
        .contains("Option 'config' is given twice (command line)");
  }

  @Test
  void reportsOptionWithoutEqualsSignAndDoesNotTakeTheNextWordForAnother() {
    assertThat(mistakes("--output.path=o", "--batch.size", "4"))
        .containsExactly(
            "Option 'batch.size' has no value: write '--batch.size=VALUE' (command line)");
    assertThat(mistakes("--output.path=o", "--bach.size", "4"))
        .hasSize(2)
        .last()
        .asString()
        .contains("did you mean");
    assertThat(mistakes("--output.path=o", "-batch.size=4"))
        .containsExactly("Argument 2 is not an option: write '--batch.size=…' (command line)");
    assertThat(mistakes("--output.path=o", "--=4"))
        .containsExactly("Argument 2 has no name before its '='");
    assertThat(mistakes("--output.path=o", "--flink.=4"))
        .singleElement()
        .asString()
        .contains("must name a key of Flink");
  }

  @Test
  void saysInOneLineWhateverTheValueHolds() {
    assertThat(mistakes("--output.path=o", "--batch.size=1\n2\u001b[31m" + "x".repeat(1000)))
        .singleElement()
        .asString()
        .contains("'1\\n2?[31mxxx")
        .doesNotContain("\n")
        .hasSizeLessThan(400);
  }

  @Test
  void saysWhereAConfigFileIsBroken() throws IOException {
    Path broken =
        json("broken.json", "[{'PropertyGroupId':'batch',\n 'PropertyMap':{'size':hunter2}}]");

    assertThat(mistakes("--output.path=o", "--config=" + broken))
        .singleElement()
        .asString()
        .startsWith("Config file '" + broken + "' is not valid JSON at line 2, column ")
        .doesNotContain("hunter2");
  }

  @Test
  void saysWhichConfigFileIsMissing() {
    assertThat(mistakes("--output.path=o", "--config", folder + "/none.json"))
        .containsExactly("Config file '" + folder + "/none.json' does not exist");
    assertThat(mistakes("--output.path=o", "--config=nosuch://x/y"))
        .singleElement()
        .asString()
        .contains("cannot be read");
    assertThat(mistakes("--output.path=o", "--config=" + folder))
        .singleElement()
        .asString()
        .contains("Config file");
    assertThat(mistakes("--output.path=o", "--config="))
        .singleElement()
        .asString()
        .contains("cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      delimiter = '|',
      value = {
        "{} | must have the form [{",
        " | must have the form [{",
        "[{'PropertyMap':{}}] | but entry 1 has not",
        "[{'PropertyGroupId':'a','PropertyMap':{}},7] | but entry 2 has not",
        "[{'PropertyGroupId':'batch','PropertyMap':{'size':16}}] | must hold strings, but 'batch.size' is none",
        "[{'PropertyGroupId':'batch','PropertyMap':{'size':'1','size':'2'}}] | has a name twice at line 1",
        "[{'PropertyGroupId':'batch','PropertyMap':{'size':'1'}},{'PropertyGroupId':'batch','PropertyMap':{'size':'2'}}] | 'batch.size' is given twice",
        "[] [] | is not valid JSON at line 1",
      })
  void refusesConfigFilesOfAnotherForm(String content, String expected) throws IOException {
    Path config = json("config.json", content == null ? "" : content);

    assertThat(mistakes("--output.path=o", "--config=" + config))
        .singleElement()
        .asString()
        .contains(expected);
  }

  @Test
  void reportsBrokenFileOfTheManagedRuntimeWithLine() throws IOException {
    Path managed = json("managed.json", "[{'PropertyGroupId':\n hunter2");

    assertThat(mistakes(managed, "--output.path=o"))
        .singleElement()
        .asString()
        .contains("not valid JSON at line 2")
        .doesNotContain("hunter2");
    assertThat(mistakes(json("other.json", "[{'PropertyGroupId':'a'}]"), "--output.path=o"))
        .singleElement()
        .asString()
        .contains("but entry 1 has not");
  }

  private List<String> mistakes(String... args) {
    return mistakes(folder.resolve("not-managed"), args);
  }

  private static List<String> mistakes(Path managed, String... args) {
    InvalidOptionException thrown =
        catchThrowableOfType(
            InvalidOptionException.class,
            () -> new ArgumentsReader(OPTIONS, managed).read(args).build(arguments -> arguments));
    assertThat(thrown).hasNoCause();
    List<String> lines = thrown.problems().stream().map(OptionProblem::toString).toList();
    assertThat(thrown).hasMessage(String.join("\n", lines));
    return lines;
  }

  private Path json(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
  }
}
