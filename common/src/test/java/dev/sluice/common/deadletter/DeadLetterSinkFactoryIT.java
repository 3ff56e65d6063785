package dev.sluice.common.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterSinkFactoryIT {
  @Test
  void finishesOneLinePerDeadLetterInDateFolders(@TempDir Path folder) throws Exception {
    List<DeadLetter> letters = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      letters.add(
          DeadLetter.builder("read", "object-too-large", "line\nbreak ü")
              .from("k" + i, i)
              .carrying(i % 2 == 0 ? null : new byte[] {'\n', (byte) i})
              .build());
    }
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    env.setParallelism(2);

    env.fromData(letters)
        .uid("letters")
        .sinkTo(DeadLetterSinkFactory.create(new org.apache.flink.core.fs.Path(folder.toUri())))
        .uid("dead-letters");
    env.execute();

    assertThat(read(folder)).containsExactlyInAnyOrderElementsOf(letters);
  }

  private static List<DeadLetter> read(Path folder) throws IOException {
    List<DeadLetter> letters = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        assertThat(folder.relativize(file).toString())
            .matches("\\d{4}-\\d\\d-\\d\\d/dead-letters-[0-9a-f-]+\\.jsonl");
        assertThat(Files.readString(file)).endsWith("\n");
        for (String line : Files.readAllLines(file)) {
          letters.add(DeadLetterJson.read(line.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
      }
    }
    return letters;
  }
}
