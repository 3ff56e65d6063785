package dev.sluice.common.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonLinesSplitterTest {
  private final List<String> pieces = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  @Test
  void findsOneOrSeveralObjectsOnEachLine() throws Exception {
    split("{\"a\":1}\n{\"a\":2}{\"a\":3} {\"a\":4}\r\n\r\n\n{\"a\":5}");

    assertThat(pieces)
        .containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}", "{\"a\":5}");
    assertThat(broken).isEmpty();
  }

  @Test
  void brokenLineLeavesTheNextOneAlone() throws Exception {
    split("{\"a\":1}\n[1,2\n{\"a\":\n{\"a\":2}");

    assertThat(pieces).containsExactly("{\"a\":1}", "{\"a\":2}");
    assertThat(broken).containsExactly("[1,2", "{\"a\":");
  }

  @Property(tries = 1_000)
  void losesNothingButWhiteSpace(@ForAll byte[] data) throws Exception {
    pieces.clear();
    broken.clear();

    split(new String(data, StandardCharsets.ISO_8859_1));

    String kept = String.join("", pieces) + String.join("", broken);
    assertThat(sorted(kept)).isEqualTo(sorted(new String(data, StandardCharsets.ISO_8859_1)));
  }

  private static String sorted(String text) {
    return text.replaceAll("[ \\t\\r\\n]", "")
        .chars()
        .sorted()
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private void split(String record) throws Exception {
    new JsonLinesSplitter()
        .split(
            record.getBytes(StandardCharsets.ISO_8859_1),
            new RecordSplitter.Pieces() {
              @Override
              public void piece(byte[] data) {
                pieces.add(new String(data, StandardCharsets.ISO_8859_1));
              }

              @Override
              public void broken(byte[] data, String reason) {
                broken.add(new String(data, StandardCharsets.ISO_8859_1));
              }
            });
  }
}
