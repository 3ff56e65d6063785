package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.JobCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
  @TempDir Path folder;

  @Test
  void plansWithTheKeysAndThePrefixOfTheJob() throws Exception {
    String text =
        plan(
            "{\"id\": 7}\n{\"id\": 7}\n{\"id\": 8}\n{\"ID\": 9}\n",
            "--partition.query={id: .id}",
            "--output.prefix=by/!{partitionKeyFromQuery:id}/",
            "--plan.records-per-second=100");

    assertThat(text)
        .contains("4 records, 1 of them dead letters")
        .contains("2 in the sample")
        .contains("by/7/")
        .contains("by/8/")
        .contains("DynamicPartitioning.MetadataExtractionFailed");
  }

  @Test
  void limitsAndBuffersAreThoseOfTheJob() throws Exception {
    String text =
        plan(
            "{\"id\": 7}\n{\"id\": 8}\n",
            "--partition.query={id: .id}",
            "--output.prefix=by/!{partitionKeyFromQuery:id}/",
            "--buffer.size=2 mb",
            "--buffer.interval=30 s",
            "--partitions.max-active=77",
            "--job.parallelism=3",
            "--plan.records-per-second=100");

    assertThat(text)
        .contains("2 MiB of rows or after 30 s")
        .contains("limit 77")
        .contains("3 subtasks");
  }

  /** A row in a format is what counts, and what does not fit it is no row. */
  @Test
  void plansInTheFormatOfTheJob() throws Exception {
    Path schema = folder.resolve("schema.avsc");
    Files.writeString(
        schema,
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"}]}");

    String text =
        plan(
            "{\"id\": 7}\n{\"id\": \"x\"}\n",
            "--partition.query={id: .id}",
            "--output.prefix=by/!{partitionKeyFromQuery:id}/",
            "--format.type=parquet",
            "--format.schema=" + schema,
            "--plan.records-per-second=100");

    assertThat(text).contains("1 of them dead letters").contains("format-conversion-failed");
  }

  @Test
  void mistakesInTheJobsOptionsAreMistakesHere() {
    assertThatThrownBy(() -> plan("{}\n", "--output.prefix=!{nonsense:x}/", "--partition.query={"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("Option 'output.prefix'")
        .hasMessageContaining("Option 'partition.query'");
  }

  /** The launcher reads them there, so that it need not build a job to list what it does. */
  @Test
  void thePomNamesTheCommands() throws Exception {
    String names =
        PartitionedSinkJob.COMMANDS.stream().map(JobCommand::name).collect(Collectors.joining(" "));

    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<sluice.commands>" + names + "</sluice.commands>");
  }

  private String plan(String sample, String... options) throws Exception {
    Path file = folder.resolve("sample.jsonl");
    Files.writeString(file, sample);
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--plan.sample=" + file);
    Preflight preflight =
        JobArguments.parse(all.toArray(String[]::new), Preflight.OPTIONS, Preflight::new);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    preflight.run(new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }
}
