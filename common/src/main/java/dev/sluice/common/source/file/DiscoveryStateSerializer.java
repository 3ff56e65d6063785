package dev.sluice.common.source.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.FileSourceSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link DiscoveryState} into checkpoints.
 *
 * <p>Versions of the window are ascending, so each is written as what differs from the one before:
 * milliseconds since it, and the part of the URI that it does not share with it.
 *
 * <p>Stateless and thread-safe.
 */
final class DiscoveryStateSerializer implements SimpleVersionedSerializer<DiscoveryState> {
  private static final int VERSION = 1;
  private static final FileSourceSplitSerializer SPLITS = FileSourceSplitSerializer.INSTANCE;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(DiscoveryState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    writePosition(state.floor(), out);
    ObjectVersion end = state.end();
    out.writeBoolean(end != null);
    if (end != null) {
      writePosition(end, out);
    }
    writeWindow(state.window(), out);
    out.writeInt(SPLITS.getVersion());
    out.writeInt(state.returned().size());
    for (FileSourceSplit split : state.returned()) {
      byte[] bytes = SPLITS.serialize(split);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public DiscoveryState deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "Cannot read file discovery state of version "
              + version
              + ": this release reads version "
              + VERSION);
    }
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    ObjectVersion floor = readPosition(in);
    @Nullable ObjectVersion end = in.readBoolean() ? readPosition(in) : null;
    List<ObjectVersion> window = readWindow(in);
    int splitVersion = in.readInt();
    int splits = in.readInt();
    List<FileSourceSplit> returned = new ArrayList<>(splits);
    for (int i = 0; i < splits; i++) {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      returned.add(SPLITS.deserialize(splitVersion, bytes));
    }
    return new DiscoveryState(floor, end, window, returned);
  }

  private static void writePosition(ObjectVersion position, DataOutputSerializer out)
      throws IOException {
    out.writeLong(position.modificationTime());
    out.writeUTF(position.uri());
  }

  private static ObjectVersion readPosition(DataInputDeserializer in) throws IOException {
    return new ObjectVersion(in.readLong(), in.readUTF(), -1L);
  }

  private static void writeWindow(List<ObjectVersion> window, DataOutputSerializer out)
      throws IOException {
    out.writeInt(window.size());
    ObjectVersion previous = ObjectVersion.justBefore(0L);
    for (ObjectVersion version : window) {
      writeVarLong(version.modificationTime() - previous.modificationTime(), out);
      int shared = sharedPrefix(previous.uri(), version.uri());
      writeVarLong(shared, out);
      out.writeUTF(version.uri().substring(shared));
      previous = version;
    }
  }

  private static List<ObjectVersion> readWindow(DataInputDeserializer in) throws IOException {
    int size = in.readInt();
    List<ObjectVersion> window = new ArrayList<>(size);
    ObjectVersion previous = ObjectVersion.justBefore(0L);
    for (int i = 0; i < size; i++) {
      long time = previous.modificationTime() + readVarLong(in);
      String shared = previous.uri().substring(0, (int) readVarLong(in));
      previous = new ObjectVersion(time, shared + in.readUTF(), -1L);
      window.add(previous);
    }
    return window;
  }

  private static int sharedPrefix(String left, String right) {
    int limit = Math.min(left.length(), right.length());
    int shared = 0;
    while (shared < limit && left.charAt(shared) == right.charAt(shared)) {
      shared++;
    }
    return shared;
  }

  /** Seven bits a byte, lowest first; a negative number takes ten bytes. */
  private static void writeVarLong(long value, DataOutputSerializer out) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long readVarLong(DataInputDeserializer in) throws IOException {
    long value = 0;
    int shift = 0;
    int read;
    do {
      read = in.readUnsignedByte();
      value |= (long) (read & 0x7f) << shift;
      shift += 7;
    } while ((read & 0x80) != 0);
    return value;
  }
}
