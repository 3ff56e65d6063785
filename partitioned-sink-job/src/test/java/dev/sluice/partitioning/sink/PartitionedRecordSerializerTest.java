package dev.sluice.partitioning.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class PartitionedRecordSerializerTest {
  /** Written once; channel state of a checkpoint holds such bytes. */
  private static final String VERSION_1 =
      "0f00000004612fe92f0000000361626300000000000000070000000200000001ff";

  private final PartitionedRecordSerializer serializer = new PartitionedRecordSerializer();

  @Property(tries = 2_000)
  void everyRecordArrivesAsItWas(
      @ForAll("partitions") String partition,
      @ForAll byte[] row,
      @ForAll long arrival,
      @ForAll boolean failed,
      @ForAll int lane,
      @ForAll byte[] refusal)
      throws IOException {
    PartitionedRecord record = new PartitionedRecord(partition, row, arrival, failed);
    record.lane = lane;
    record.refusal = refusal.length == 0 ? null : refusal;

    assertThat(carried(record)).isEqualTo(record);
  }

  @Provide
  Arbitrary<String> partitions() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ascii().ofMaxLength(20),
        Arbitraries.strings().ofMaxLength(70), // halves of surrogate pairs too
        Arbitraries.strings().withChars("é\u0100\ud834\udd1e").ofMaxLength(140));
  }

  /** Names share places in what is kept, and Latin-1 bytes are also bytes of other names. */
  @Test
  void namesAreNotMixedUp() throws IOException {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 100_000; i++) {
        PartitionedRecord record =
            new PartitionedRecord("customer_id=" + i + "/", new byte[1], 0, false);

        assertThat(carried(record).partition).isEqualTo(record.partition);
      }
    }
    assertThat(carried(of("\u0161")).partition).isEqualTo("\u0161");
    assertThat(carried(of("\u0001a")).partition).isEqualTo("\u0001a");
    assertThat(carried(of("\u0161")).partition).isEqualTo("\u0161");
  }

  private static PartitionedRecord of(String partition) {
    return new PartitionedRecord(partition, new byte[0], 0, false);
  }

  @Test
  void copiesBytesBetweenViews() throws IOException {
    DataOutputSerializer first = new DataOutputSerializer(64);
    serializer.serialize(example(), first);
    DataOutputSerializer second = new DataOutputSerializer(64);

    serializer.copy(new DataInputDeserializer(first.getCopyOfBuffer()), second);

    assertThat(second.getCopyOfBuffer()).isEqualTo(first.getCopyOfBuffer());
  }

  @Test
  void readsVersion1() throws Exception {
    byte[] bytes = HexFormat.of().parseHex(VERSION_1);

    assertThat(serializer.deserialize(new DataInputDeserializer(bytes))).isEqualTo(example());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(example(), out);
    assertThat(HexFormat.of().formatHex(out.getCopyOfBuffer())).isEqualTo(VERSION_1);
  }

  @Test
  void isWhatFlinkTakesForRecords() throws Exception {
    TypeSerializer<PartitionedRecord> flinks =
        TypeInformation.of(PartitionedRecord.class)
            .createSerializer(new org.apache.flink.api.common.serialization.SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, flinks.snapshotConfiguration());

    TypeSerializerSnapshot<PartitionedRecord> read =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(flinks).isInstanceOf(PartitionedRecordSerializer.class).isEqualTo(serializer);
    assertThat(read.restoreSerializer()).isEqualTo(flinks);
    assertThat(flinks.duplicate()).isNotSameAs(flinks).isEqualTo(flinks);
  }

  private static PartitionedRecord example() {
    PartitionedRecord record =
        new PartitionedRecord("a/é/", "abc".getBytes(StandardCharsets.US_ASCII), 7L, true);
    record.lane = 2;
    record.refusal = new byte[] {(byte) 0xff};
    return record;
  }

  private PartitionedRecord carried(PartitionedRecord record) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(record, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    PartitionedRecord read = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }
}
