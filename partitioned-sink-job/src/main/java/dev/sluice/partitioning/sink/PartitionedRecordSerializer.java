package dev.sluice.partitioning.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Carries {@link PartitionedRecord}s over the exchange before the sink, for less than half of what
 * Flink's serializer of POJOs takes.
 *
 * <p>Keeps the partitions that it has read of late, with their bytes, so that a name is not decoded
 * again, and equal names are the same object. One thread, like all of Flink's serializers; it is
 * duplicated for others.
 *
 * <p>Version 1: flags (1 failed, 2 a lane, 4 a refusal), length of the partition, the partition (a
 * byte a character if all are in Latin-1, which flag 8 says, and two if not), length of the row,
 * row, arrival; then the lane, and the refusal behind its length, where there is one.
 */
public final class PartitionedRecordSerializer extends TypeSerializer<PartitionedRecord> {
  private static final long serialVersionUID = 1L;
  private static final int FAILED = 1;
  private static final int LANE = 2;
  private static final int REFUSAL = 4;
  private static final int LATIN = 8;
  private static final int SLOTS = 1 << 15;
  private static final int LONGEST_KEPT = 128;

  private transient @Nullable Partition @Nullable [] read;
  private transient byte @Nullable [] scratch;

  /** With nothing kept. */
  public PartitionedRecordSerializer() {}

  @Override
  public void serialize(PartitionedRecord record, DataOutputView target) throws IOException {
    byte[] latin = latin(record.partition);
    byte[] partition = latin == null ? chars(record.partition) : latin;
    byte[] refusal = record.refusal;
    target.writeByte(
        (record.failed ? FAILED : 0)
            | (record.lane == 0 ? 0 : LANE)
            | (refusal == null ? 0 : REFUSAL)
            | (latin == null ? 0 : LATIN));
    target.writeInt(partition.length);
    target.write(partition);
    target.writeInt(record.row.length);
    target.write(record.row);
    target.writeLong(record.arrivalTimestamp);
    if (record.lane != 0) {
      target.writeInt(record.lane);
    }
    if (refusal != null) {
      target.writeInt(refusal.length);
      target.write(refusal);
    }
  }

  @Override
  public PartitionedRecord deserialize(DataInputView source) throws IOException {
    int flags = source.readUnsignedByte();
    PartitionedRecord record = new PartitionedRecord();
    record.partition = readPartition(source, (flags & LATIN) != 0);
    record.row = readBytes(source);
    record.arrivalTimestamp = source.readLong();
    record.failed = (flags & FAILED) != 0;
    record.lane = (flags & LANE) == 0 ? 0 : source.readInt();
    record.refusal = (flags & REFUSAL) == 0 ? null : readBytes(source);
    return record;
  }

  private static byte[] readBytes(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return bytes;
  }

  /** Null if not all characters are in Latin-1. */
  private static byte @Nullable [] latin(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    for (byte b : bytes) {
      if (b == '?') { // what others become
        return text.equals(new String(bytes, StandardCharsets.ISO_8859_1)) ? bytes : null;
      }
    }
    return bytes;
  }

  /** Half of a surrogate pair stays as it is. */
  private static byte[] chars(String text) {
    byte[] bytes = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    return bytes;
  }

  private static String text(byte[] bytes, int length, boolean isLatin) {
    if (isLatin) {
      return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
    char[] chars = new char[length / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) ((bytes[2 * i] << 8) | (bytes[2 * i + 1] & 0xff));
    }
    return new String(chars);
  }

  private String readPartition(DataInputView source, boolean isLatin) throws IOException {
    int length = source.readInt();
    if (length > LONGEST_KEPT) {
      byte[] bytes = new byte[length];
      source.readFully(bytes);
      return text(bytes, length, isLatin);
    }
    byte[] bytes = scratch;
    @Nullable Partition[] kept = read;
    if (bytes == null || kept == null) {
      bytes = new byte[LONGEST_KEPT];
      scratch = bytes;
      kept = new Partition[SLOTS];
      read = kept;
    }
    source.readFully(bytes, 0, length);
    int slot = slot(hash(bytes, length));
    Partition known = kept[slot];
    if (known == null || !known.is(bytes, length, isLatin)) {
      known = new Partition(text(bytes, length, isLatin), isLatin, Arrays.copyOf(bytes, length));
      kept[slot] = known;
    }
    return known.text;
  }

  private static int hash(byte[] bytes, int length) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  private static int slot(int hash) {
    return (hash ^ (hash >>> 15)) & (SLOTS - 1);
  }

  /** With the same arrays: nobody changes those of a record that has been emitted. */
  @Override
  public PartitionedRecord copy(PartitionedRecord from) {
    PartitionedRecord to =
        new PartitionedRecord(from.partition, from.row, from.arrivalTimestamp, from.failed);
    to.lane = from.lane;
    to.refusal = from.refusal;
    return to;
  }

  @Override
  public PartitionedRecord copy(PartitionedRecord from, PartitionedRecord reuse) {
    return copy(from);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public PartitionedRecord deserialize(PartitionedRecord reuse, DataInputView source)
      throws IOException {
    return deserialize(source);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<PartitionedRecord> duplicate() {
    return new PartitionedRecordSerializer();
  }

  @Override
  public PartitionedRecord createInstance() {
    return new PartitionedRecord();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PartitionedRecordSerializer;
  }

  @Override
  public int hashCode() {
    return PartitionedRecordSerializer.class.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<PartitionedRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** For Flink: there is nothing to configure. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PartitionedRecord> {
    /** For Flink. */
    public Snapshot() {
      super(PartitionedRecordSerializer::new);
    }
  }

  /** A name and its bytes. */
  private static final class Partition {
    final String text;
    final boolean isLatin;
    final byte[] bytes;

    Partition(String text, boolean isLatin, byte[] bytes) {
      this.text = text;
      this.isLatin = isLatin;
      this.bytes = bytes;
    }

    boolean is(byte[] otherBytes, int length, boolean otherIsLatin) {
      return isLatin == otherIsLatin
          && Arrays.equals(bytes, 0, bytes.length, otherBytes, 0, length);
    }
  }
}
