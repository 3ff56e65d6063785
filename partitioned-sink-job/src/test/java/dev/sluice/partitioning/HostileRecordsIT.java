package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.ProgressLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.flink.util.FileUtils;

/** 10,000 records that nobody wants, through the whole job to the local disk. */
class HostileRecordsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RECORDS = 10_000;
  private static final byte[] DROP = "drop me".getBytes(StandardCharsets.UTF_8);

  /** Without edge cases: one is a list of one record 10,000 times. */
  @Property(tries = 1, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void eachIsInOneObjectBelowTheRootOrADeadLetterOrDropped(@ForAll("batches") List<byte[]> records)
      throws Exception {
    Path folder = Files.createTempDirectory("hostile");
    Files.createDirectories(folder.resolve("in"));
    Files.write(folder.resolve("in/records"), lines(records));

    run(folder);

    List<byte[]> found = new ArrayList<>();
    records.stream().filter(record -> Arrays.equals(record, DROP)).forEach(found::add);
    found.addAll(rows(folder.resolve("out/data")));
    found.addAll(letters(folder.resolve("out/errors")));
    assertThat(texts(found)).isEqualTo(texts(records));
    assertThat(names(folder)).containsExactlyInAnyOrder("in", "out", "checkpoints");
    assertThat(names(folder.resolve("out"))).containsExactlyInAnyOrder("data", "errors");
    FileUtils.deleteDirectory(folder.toFile());
  }

  /** Of ASCII, escapes included: what a local file may be called beyond it is the machine's. */
  @Provide
  Arbitrary<List<byte[]>> batches() {
    return HostileRecords.any().filter(HostileRecordsIT::isLineOfAscii).list().ofSize(RECORDS);
  }

  private static boolean isLineOfAscii(byte[] record) {
    boolean blank = true;
    for (byte b : record) {
      if (b < 0 || b == '\n' || b == '\r') {
        return false;
      }
      blank &= b <= ' ';
    }
    return !blank;
  }

  private static byte[] lines(List<byte[]> records) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (byte[] record : records) {
      lines.write(record);
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private static void run(Path folder) throws Exception {
    String[] options = {
      "--input.path=" + folder.resolve("in"),
      "--output.path=" + folder.resolve("out"),
      "--checkpoint.directory=" + folder.resolve("checkpoints"),
      "--record.deaggregation=delimited",
      "--record.transformer=" + DropsAndFails.class.getName(),
      "--partition.query={k: .k}",
      "--output.prefix=data/k=!{partitionKeyFromQuery:k}/",
      "--output.error-prefix=errors/!{firehose:error-output-type}/"
    };
    JobArguments arguments = JobArguments.parse(options, PartitionedSinkOptions.ALL);
    try (JobEnvironment env =
        JobEnvironment.create("partitioned-sink", arguments, ProgressLine.NONE)) {
      PartitionedSinkJob.assemble(env.streams(), new PartitionedSinkSettings(arguments));
      env.execute();
    }
  }

  private static List<byte[]> rows(Path root) throws IOException {
    List<byte[]> rows = new ArrayList<>();
    for (Path object : objects(root)) {
      for (String line : Files.readAllLines(object)) {
        rows.add(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return rows;
  }

  private static List<byte[]> letters(Path root) throws IOException {
    List<byte[]> letters = new ArrayList<>();
    for (byte[] line : rows(root)) {
      letters.add(JSON.readTree(line).get("rawData").binaryValue());
    }
    return letters;
  }

  private static List<Path> objects(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** Sorted; a row has nothing around it. */
  private static List<String> texts(List<byte[]> records) {
    return records.stream()
        .map(record -> new String(record, StandardCharsets.UTF_8).strip())
        .sorted()
        .toList();
  }
}
