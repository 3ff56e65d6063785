package dev.sluice.partitioning.sink;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes {@link ObjectCommittable}s into checkpoints. Stateless and thread-safe. */
final class ObjectCommittableSerializer implements SimpleVersionedSerializer<ObjectCommittable> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(ObjectCommittable committable) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256 + committable.recoverable.length);
    Texts.write(committable.path, out);
    out.writeInt(committable.version);
    out.writeInt(committable.recoverable.length);
    out.write(committable.recoverable);
    out.writeLong(committable.records);
    out.writeLong(committable.bytes);
    return out.getCopyOfBuffer();
  }

  @Override
  public ObjectCommittable deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "Cannot read committable of version '"
              + version
              + "': this release reads version "
              + VERSION);
    }
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    String path = Texts.read(in);
    int recoverableVersion = in.readInt();
    byte[] recoverable = new byte[in.readInt()];
    in.readFully(recoverable);
    return new ObjectCommittable(
        path, recoverableVersion, recoverable, in.readLong(), in.readLong());
  }
}
