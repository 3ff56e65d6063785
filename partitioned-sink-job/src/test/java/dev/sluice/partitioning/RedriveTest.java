package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which objects a redrive reads, without a job. */
class RedriveTest {
  @TempDir Path lake;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void makeDeadLetters() throws Exception {
    object("errors/a/1");
    object("errors/a/2");
    object("errors/b/3");
    object("errors/_hidden");
  }

  @Test
  void eachObjectIsReadOnceAndWhatIsNewLater() throws Exception {
    assertThat(redrive("errors")).containsExactly("errors/a/1", "errors/a/2", "errors/b/3");
    assertThat(redrive("errors")).isEmpty();
    assertThat(printed())
        .contains("3 objects of dead letters were sent through before")
        .contains("--redrive.repeat=true")
        .contains("There are no dead letters to send through");

    object("errors/a/4");

    assertThat(redrive("errors/")).containsExactly("errors/a/4");
  }

  @Test
  void redrivesOfFoldersAboveAndBelowAndOfSingleObjectsCount() throws Exception {
    assertThat(redrive("errors/b")).containsExactly("errors/b/3");
    assertThat(redrive("errors/a/1")).containsExactly("errors/a/1");
    assertThat(redrive("errors")).containsExactly("errors/a/2");
    object("errors/a/4");
    assertThat(redrive("errors/a")).containsExactly("errors/a/4");
    assertThat(redrive("errors/a/2")).isEmpty();
    assertThat(redrive("errors")).isEmpty();
  }

  @Test
  void aFolderMayBeNamedInOtherWays() throws Exception {
    redrive("errors");

    assertThat(redriveOf(List.of("file://" + lake.resolve("errors")))).isEmpty();
    assertThat(redriveOf(List.of(lake.resolve("errors/../errors/").toString()))).isEmpty();
  }

  @Test
  void onlyNamesWithTheSuffixesAreReadAndNoted() throws Exception {
    object("errors/a/5.JSON");

    assertThat(redrive("errors", "--input.suffixes=.json")).containsExactly("errors/a/5.JSON");
    assertThat(redrive("errors")).containsExactly("errors/a/1", "errors/a/2", "errors/b/3");
  }

  @Test
  void allIsReadAgainWhenThatIsWanted() throws Exception {
    redrive("errors");

    assertThat(redrive("errors", "--redrive.repeat=true")).hasSize(3);
    assertThat(redrive("errors")).isEmpty();
  }

  @Test
  void whatHasNotEndedIsToldAndNothingIsRead() throws Exception {
    assertThatThrownBy(
            () ->
                new Redrive(arguments(), List.of(lake + "/errors/a"), System.out)
                    .run(
                        objects -> {
                          throw new IOException("no power");
                        }))
        .hasMessage("no power");

    assertThatThrownBy(() -> redrive("errors"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("Option 'input.path' has a redrive that began and has not ended")
        .hasMessageContaining("errors/a/_redriven/")
        .hasMessageContaining("--redrive.repeat=true");
    assertThat(redrive("errors/b")).as("which it did not read").containsExactly("errors/b/3");
    assertThat(redrive("errors/a", "--redrive.repeat=true")).hasSize(2);
  }

  private void object(String path) throws IOException {
    Files.createDirectories(lake.resolve(path).getParent());
    Files.writeString(lake.resolve(path), "{}");
  }

  private List<String> redrive(String input, String... options) throws Exception {
    return redriveOf(List.of(lake + "/" + input), options);
  }

  /** Objects that are read, below the lake. */
  private List<String> redriveOf(List<String> inputs, String... options) throws Exception {
    List<String> read = new ArrayList<>();
    new Redrive(arguments(options), inputs, new PrintStream(out, true, StandardCharsets.UTF_8))
        .run(
            objects -> {
              for (String object : objects) {
                Path path = Path.of(object.replaceFirst("^file:/+", "/"));
                read.add(lake.relativize(path).toString());
              }
            });
    return read;
  }

  private JobArguments arguments(String... options) {
    return JobArguments.parse(options, PartitionedSinkOptions.ALL);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
