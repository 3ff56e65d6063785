package dev.sluice.partitioning.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StateTest {
  /** State of version 1 as release 0.1 wrote it; it must be readable for ever. */
  private static final String PIECE_1 =
      "KLUv/QRIdAMAkgYUH7BpWANAEnQYhkrpAtuRoNZW+4Yayjxl8iCWduO9ZQpLEJUphru7u5vUI/O1"
          + "GAzAGQgCzetTaLTx6bDTqBQa+bRWMRHy8KqFhLblclHqvCoKAISD6wbwoTLlV5nxIZuweqZCiBng"
          + "BkY7ADABAABYOnIO";

  private static final String COMMITTABLE_1 =
      "AAAAFwBzADMAOgAvAC8AYgB1AGMAawBlAHQALwBrAD0A/NgAAC8AbwBiAGoAZQBjAHQAAAABAAAA"
          + "AgECAAAAAAAAAAMAAAAAAAAABA==";

  private final SegmentPool pool = new SegmentPool(256L << 20);
  private final BufferGroup data =
      new BufferGroup(false, new Lines(), BufferRules.ofBytes(1 << 20));
  private final BufferGroup letters =
      new BufferGroup(true, new Lines(), BufferRules.ofBytes(1 << 20));

  @Property(tries = 200)
  void anyPartitionAndAnyRowComeBack(
      @ForAll List<Character> partition, @ForAll @Size(max = 20) List<byte[]> rows)
      throws Exception {
    StringBuilder name = new StringBuilder(); // any characters, lone surrogates too
    partition.forEach(name::append);
    PartitionBuffer buffer = letters.open(name.toString(), 5L);
    buffer.oldestArrival = -1L;
    rows.forEach(row -> buffer.rows.append(row, pool));

    List<Read> read = read(write(buffer));

    assertThat(read).hasSize(1);
    assertThat(read.get(0).entry.partition).isEqualTo(name.toString());
    assertThat(read.get(0).entry.failed).isTrue();
    assertThat(read.get(0).entry.path).isNull();
    assertThat(read.get(0).entry.parts).isNull();
    assertThat(read.get(0).entry.createdMillis).isEqualTo(5L);
    assertThat(read.get(0).entry.oldestArrival).isEqualTo(-1L);
    assertThat(read.get(0).rows).containsExactlyElementsOf(rows);
    letters.remove(buffer);
    buffer.rows.release(pool);
  }

  @Test
  void aLargeBufferIsSpreadOverPiecesAndItsPartsComeOnce() throws Exception {
    PartitionBuffer buffer = data.open("p/", 1L);
    buffer.parts = new UploadedParts("s3://b/x", 2, new byte[] {1, 2}, 3L, 4L);
    for (int i = 0; i < 11; i++) {
      buffer.rows.append(new byte[1 << 20], pool);
    }

    List<StatePiece> pieces = write(buffer);
    List<Read> read = read(pieces);

    assertThat(pieces).hasSize(3);
    assertThat(read).extracting(entry -> entry.rows.size()).containsExactly(4, 4, 3);
    assertThat(read)
        .extracting(entry -> entry.entry.parts != null)
        .containsExactly(true, false, false);
    UploadedParts parts = read.get(0).entry.parts;
    assertThat(parts.path).isEqualTo("s3://b/x");
    assertThat(parts.version).isEqualTo(2);
    assertThat(parts.resumable).containsExactly(1, 2);
    assertThat(parts.records).isEqualTo(3L);
    assertThat(parts.rowBytes).isEqualTo(4L);
  }

  @Test
  void anObjectThatIsCutIsInOnePieceWithItsName() throws Exception {
    PartitionBuffer buffer = data.open("p/", 1L);
    for (int i = 0; i < 9; i++) {
      buffer.rows.append(new byte[1 << 20], pool);
    }
    StateWriter writer = new StateWriter();
    writer.add(new CutObject(buffer, "file:/root/p/x", pool));

    List<Read> read = read(writer.finish());

    assertThat(read).hasSize(1);
    assertThat(read.get(0).entry.path).isEqualTo("file:/root/p/x");
    assertThat(read.get(0).rows).hasSize(9);
  }

  @Test
  void smallBuffersShareAPieceAndAreCompressed() throws Exception {
    StateWriter writer = new StateWriter();
    for (int i = 0; i < 1000; i++) {
      PartitionBuffer buffer = data.open("customer=" + i + "/", 1L);
      buffer.rows.append("{\"customer_id\": \"1234567890\"}".repeat(10).getBytes(UTF_8), pool);
      writer.add(buffer);
    }

    List<StatePiece> pieces = writer.finish();

    assertThat(pieces).hasSize(1);
    assertThat(pieces.get(0).compressed().length).isLessThan(60_000);
    assertThat(read(pieces)).hasSize(1000);
  }

  @Test
  void readsStateOfVersion1() throws Exception {
    StatePiece piece =
        new StatePieceSerializer().deserialize(1, Base64.getDecoder().decode(PIECE_1));

    List<Read> read = read(List.of(piece));

    assertThat(read).hasSize(2);
    StateEntry cut = read.get(0).entry;
    assertThat(cut.path).isEqualTo("s3://bucket/k=ü\uD800/object");
    assertThat(cut.failed).isTrue();
    assertThat(cut.partition).isEqualTo("k=ü\uD800/");
    assertThat(cut.createdMillis).isEqualTo(11L);
    assertThat(cut.oldestArrival).isEqualTo(12L);
    assertThat(cut.parts.resumable).containsExactly(7, 8, 9);
    assertThat(read.get(0).rows).containsExactly("a".getBytes(UTF_8), new byte[0]);
    assertThat(read.get(1).entry.path).isNull();
    assertThat(read.get(1).rows).containsExactly("x".repeat(5000).getBytes(UTF_8));
  }

  @Test
  void readsCommittableOfVersion1() throws Exception {
    ObjectCommittableSerializer serializer = new ObjectCommittableSerializer();

    ObjectCommittable read = serializer.deserialize(1, Base64.getDecoder().decode(COMMITTABLE_1));

    assertThat(read).isEqualTo(committable());
    assertThat(serializer.deserialize(1, serializer.serialize(read))).isEqualTo(read);
    assertThat(Base64.getEncoder().encodeToString(serializer.serialize(committable())))
        .isEqualTo(COMMITTABLE_1);
  }

  @Test
  void stateOfThisReleaseIsReadable() throws Exception {
    assertThat(read(golden())).hasSize(2);
  }

  @Test
  void aNewerVersionOrDamageIsAnError() throws Exception {
    assertThatThrownBy(() -> new StatePieceSerializer().deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read state of version '2': this release reads version 1");
    assertThatThrownBy(() -> new ObjectCommittableSerializer().deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class);
    byte[] damaged = golden().get(0).compressed().clone();
    damaged[damaged.length / 2] ^= 4;
    assertThatThrownBy(() -> read(List.of(new StatePiece(damaged))))
        .isInstanceOf(IOException.class);
    byte[] wrongSum = golden().get(0).compressed().clone();
    wrongSum[wrongSum.length - 1] ^= 4;
    assertThatThrownBy(() -> read(List.of(new StatePiece(wrongSum))))
        .isInstanceOf(IOException.class);
  }

  private List<StatePiece> golden() throws IOException {
    PartitionBuffer cut = letters.open("k=ü\uD800/", 11L);
    cut.oldestArrival = 12L;
    cut.parts = new UploadedParts("s3://bucket/k=ü\uD800/object", 1, new byte[] {7, 8, 9}, 5L, 6L);
    cut.rows.append("a".getBytes(UTF_8), pool);
    cut.rows.append(new byte[0], pool);
    PartitionBuffer open = data.open("p/", 1L);
    open.rows.append("x".repeat(5000).getBytes(UTF_8), pool);
    StateWriter writer = new StateWriter();
    writer.add(new CutObject(cut, "s3://bucket/k=ü\uD800/object", pool));
    writer.add(open);
    return writer.finish();
  }

  private static ObjectCommittable committable() {
    return new ObjectCommittable("s3://bucket/k=ü\uD800/object", 1, new byte[] {1, 2}, 3L, 4L);
  }

  private static List<StatePiece> write(PartitionBuffer buffer) throws IOException {
    try (StateWriter writer = new StateWriter()) {
      writer.add(buffer);
      return writer.finish();
    }
  }

  private static List<Read> read(List<StatePiece> pieces) throws IOException {
    List<Read> read = new ArrayList<>();
    for (StatePiece piece : pieces) {
      try (StateReader in = new StateReader(piece)) {
        for (StateEntry entry = in.nextEntry(); entry != null; entry = in.nextEntry()) {
          Read next = new Read(entry, new ArrayList<>());
          for (byte[] row = in.nextRow(); row != null; row = in.nextRow()) {
            next.rows.add(row);
          }
          read.add(next);
        }
      }
    }
    return read;
  }

  private record Read(StateEntry entry, List<byte[]> rows) {}
}
