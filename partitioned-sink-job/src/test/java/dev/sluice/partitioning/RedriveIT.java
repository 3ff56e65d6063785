package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters of a lake, sent through again into the same lake. */
class RedriveIT {
  private static final String GOOD = "{\"id\": \"1\", \"n\": 0}";
  private static final String BAD = "{\"ID\": \"2\", \"n\": 0}";
  private static final String WORSE = "{\"ID\": \"3\", \"n\": 0}";

  @TempDir Path folder;
  private LocalJob job;

  @BeforeEach
  void start() {
    job = new LocalJob(folder);
  }

  @Test
  void aSecondRedriveSendsOnlyWhatIsNew() throws Exception {
    job.input(GOOD, BAD);
    run();

    redrive();
    redrive();

    assertThat(job.records("data")).isEqualTo(Map.of("1", List.of(GOOD), "2", List.of(BAD)));

    job.input(WORSE);
    run("--output.append=true");
    redrive("--partition.query={id: .Id}"); // which fails again, and is a new dead letter
    redrive();

    assertThat(job.records("data"))
        .isEqualTo(Map.of("1", List.of(GOOD), "2", List.of(BAD), "3", List.of(WORSE)));
  }

  /** Its key is missed behind decompression, so the dead letter has it decompressed. */
  @Test
  void recordsAreDecompressedAndTransformedOnce() throws Exception {
    String transformer = "--record.transformer=" + CountTransformations.class.getName();
    Files.createDirectories(folder.resolve("in"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("in/events.gz")))) {
      out.write((GOOD + "\n" + BAD).getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(folder.resolve("in/plain.gz"), WORSE);
    run("--record.decompression=gzip", transformer);
    assertThat(job.records("errors")).containsOnlyKeys("processing-failed", "decompression-failed");

    redrive("--record.decompression=gzip", transformer);

    assertThat(job.records("data"))
        .isEqualTo(
            Map.of(
                "1", List.of(GOOD.replace("0", "1")),
                "2", List.of(BAD.replace("0", "1")),
                "3", List.of(WORSE.replace("0", "1"))));
  }

  @Test
  void onlyDeadLettersAreRedriven() {
    assertThatThrownBy(() -> settings("--source.type=files"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("Option 'source.type' must be dead-letters, or not be set");
    assertThatThrownBy(
            () ->
                JobArguments.parse(
                    new String[] {"--output.path=" + folder},
                    PartitionedSinkOptions.ALL,
                    PartitionedSinkSettings::ofRedrive))
        .hasMessageContaining("Option 'input.path' must be set");
  }

  @Test
  void aRunIntoAFolderWithObjectsIsRefused() throws Exception {
    job.input(GOOD);
    run();

    assertThatThrownBy(this::run)
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("Option 'output.path' must hold no results yet")
        .hasMessageContaining("--output.append=true");
    assertThat(job.records("data").get("1")).containsExactly(GOOD);
  }

  private void run(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--partition.query={id: .id}");
    all.addAll(prefixes());
    String[] words = job.words(all.toArray(String[]::new));
    PartitionedSinkJob.run(
        JobArguments.parse(words, PartitionedSinkOptions.ALL),
        JobArguments.parse(words, PartitionedSinkOptions.ALL, PartitionedSinkSettings::new));
  }

  private void redrive(String... options) throws Exception {
    PartitionedSinkJob.run(arguments(options), settings(options));
  }

  private PartitionedSinkSettings settings(String... options) {
    return JobArguments.parse(
        words(options), PartitionedSinkOptions.ALL, PartitionedSinkSettings::ofRedrive);
  }

  private JobArguments arguments(String... options) {
    return JobArguments.parse(words(options), PartitionedSinkOptions.ALL);
  }

  private String[] words(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    if (Arrays.stream(options).noneMatch(option -> option.startsWith("--input.path"))) {
      all.add("--input.path=" + folder.resolve("out/errors"));
    }
    if (Arrays.stream(options).noneMatch(option -> option.startsWith("--partition.query"))) {
      all.add("--partition.query={id: (.id // .ID)}");
    }
    all.addAll(prefixes());
    return job.words(all.toArray(String[]::new));
  }

  private static List<String> prefixes() {
    return List.of(
        "--output.prefix=data/!{partitionKeyFromQuery:id}/",
        "--output.error-prefix=errors/!{firehose:error-output-type}/");
  }
}
