package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void isExactWhenEachInputCameOutOnce() {
    Ledger ledger = Ledger.of(List.of("a", "b"));

    ledger.record("b").record("a");

    assertThat(ledger.isExact()).isTrue();
    ledger.assertExact();
  }

  @Test
  void namesLostRepeatedAndUnexpected() {
    Ledger ledger = Ledger.of(List.of("a", "b", "c", "d"));

    ledger.record("a").record("c").record("c").record("c").record("x");

    assertThat(ledger.lost()).containsExactly("b", "d");
    assertThat(ledger.repeated()).containsExactly("c");
    assertThat(ledger.unexpected()).containsExactly("x");
    assertThatThrownBy(ledger::assertExact)
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "Ledger of 4 inputs and 5 outputs\n  lost: 2 [b, d]\n  repeated: 1 [c]"
                + "\n  unexpected: 1 [x]\n  partial: none");
  }

  @Test
  void namesNoMoreThanTenOfAKind() {
    Ledger ledger =
        Ledger.of(IntStream.range(0, 25).mapToObj(i -> "k" + i).collect(Collectors.toList()));

    assertThat(ledger.report()).contains("lost: 25 [k0, ").contains("k9] and 15 more");
  }

  @Test
  void readsFinishedFilesOfAllFoldersButNoOthers() throws Exception {
    write("2026-01-01/part-0", "a\nb\n");
    write("2026-01-02/part-1", "c\n");
    write("2026-01-02/.part-2.inprogress.1", "in progress\n");
    write("2026-01-02/_SUCCESS", "marker\n");
    write("_temporary/part-3", "hidden\n");
    write("empty", "");

    FinishedFiles files = FinishedFiles.in(folder);

    assertThat(files.files()).containsExactly("2026-01-01/part-0", "2026-01-02/part-1", "empty");
    assertThat(files.lines()).extracting(Object::toString).containsExactly("a", "b", "c");
    assertThat(files.partial()).isEmpty();
    assertThat(FinishedFiles.in(folder.resolve("none")).files()).isEmpty();
  }

  @Test
  void namesFileWithoutEndOfLineAndLineThatDoesNotParse() throws Exception {
    write("part-0", "{\"id\":\"a\"}\n{\"id\":\"b\"\n");
    write("part-1", "{\"id\":\"c\"}\n{\"id\":");

    Ledger ledger = Ledger.of(List.of("a", "b", "c")).record(FinishedFiles.in(folder), this::id);

    assertThat(ledger.lost()).containsExactly("b");
    assertThat(ledger.partial()).hasSize(3);
    assertThat(ledger.partial().get(0)).isEqualTo("part-1: no end of line at its end");
    assertThat(ledger.partial().get(1)).startsWith("part-0:2: ");
    assertThat(ledger.partial().get(2)).startsWith("part-1:2: ");
    assertThat(ledger.isExact()).isFalse();
  }

  @Test
  void callsWholeLineWithoutEndPartialThoughItsKeyIsThere() throws Exception {
    write("part-0", "a\nb");

    Ledger ledger = Ledger.of(List.of("a", "b")).record(FinishedFiles.in(folder), line -> line);

    assertThat(ledger.lost()).isEmpty();
    assertThat(ledger.isExact()).isFalse();
  }

  @Test
  void takesEmptyLineForALine() throws Exception {
    write("part-0", "a\n\n");

    Ledger ledger = Ledger.of(List.of("a")).record(FinishedFiles.in(folder), line -> line);

    assertThat(ledger.unexpected()).containsExactly("");
  }

  private String id(String line) {
    try {
      return JSON.readTree(line).get("id").asText();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not JSON", e);
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
