package dev.sluice.partitioning.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.Ledger;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ObjectCommitterTest {
  @TempDir Path root;
  private SimulatedSink sink;
  private final List<String> rows = new ArrayList<>();
  private List<byte[]> committables;

  @BeforeEach
  void upload() throws Exception {
    sink = new SimulatedSink(root, builder -> builder.commitThreads(4)).start(1);
    for (int i = 0; i < 30; i++) {
      rows.add("row " + i);
      sink.write("p=" + i + "/", rows.get(i));
    }
    committables = sink.finish().committables;
  }

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void nothingIsVisibleBeforeTheCommit() throws Exception {
    assertThat(sink.files().files()).isEmpty();

    sink.commit(committables);

    assertExact();
  }

  @Test
  void aRepeatedCommitChangesNothing() throws Exception {
    sink.commit(committables.subList(0, 20));

    sink.commit(committables);
    sink.commit(committables);

    assertExact();
  }

  @Test
  void aFailureForAMomentIsTriedAgain() throws Exception {
    sink.disk.failingCommits.set(2);

    sink.commit(committables);

    assertExact();
    assertThat(sink.disk.commits.get()).isEqualTo(32);
  }

  @Test
  void aFailureForGoodNamesTheObjectAndTheRestIsCommitted() throws Exception {
    sink.disk.failure = new AccessDeniedException("p", null, "403 Forbidden");
    sink.disk.failingCommits.set(1);

    assertThatThrownBy(() -> sink.commit(committables))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot commit object 'file:" + root)
        .hasMessageContaining("the job needs s3:PutObject");

    assertThat(sink.disk.commits.get()).isEqualTo(30); // no second attempt at a refusal
    assertThat(sink.files().files()).hasSize(29);
  }

  @Test
  void whatIsGoneIsAnErrorAndNotASuccess() throws Exception {
    try (Stream<Path> files = Files.walk(root)) {
      Path temporary = files.filter(Files::isRegularFile).findFirst().orElseThrow();
      Files.delete(temporary);
    }

    assertThatThrownBy(() -> sink.commit(committables))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nor its temporary one")
        .hasMessageContaining("was the upload aborted by a lifecycle rule");
  }

  private void assertExact() throws Exception {
    Ledger.of(rows).record(sink.files(), line -> line).assertExact();
    assertThat(sink.files().files()).hasSize(30);
  }
}
