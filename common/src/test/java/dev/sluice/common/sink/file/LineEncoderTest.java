package dev.sluice.common.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LineEncoderTest {
  private final LineEncoder<String> encoder = new LineEncoder<>(text -> text.getBytes(UTF_8));

  @Test
  void endsEachRecordWithALineFeed() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();

    encoder.encode("{}", file);
    encoder.encode("", file);
    encoder.encode("ü", file);

    assertThat(file.toString(UTF_8)).isEqualTo("{}\n\nü\n");
  }

  @Test
  void refusesARecordThatWouldBecomeTwoLinesAndWritesNothingOfIt() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();

    assertThatIOException()
        .isThrownBy(() -> encoder.encode("ab\nc", file))
        .withMessage(
            "Cannot write a record of java.lang.String as one line: line feed at byte 2 of 4");
    assertThat(file.size()).isZero();
  }
}
