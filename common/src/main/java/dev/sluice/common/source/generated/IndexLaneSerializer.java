package dev.sluice.common.source.generated;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes a lane in 12 bytes. Stateless and thread-safe. */
final class IndexLaneSerializer implements SimpleVersionedSerializer<IndexLane> {
  static final int BYTES = Integer.BYTES + Long.BYTES;
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(IndexLane lane) {
    return ByteBuffer.allocate(BYTES).putInt(lane.lane()).putLong(lane.next()).array();
  }

  @Override
  public IndexLane deserialize(int version, byte[] serialized) throws IOException {
    requireVersion(version);
    ByteBuffer in = ByteBuffer.wrap(serialized);
    try {
      return new IndexLane(in.getInt(), in.getLong());
    } catch (BufferUnderflowException e) {
      throw new IOException(
          "A lane of generated records must have "
              + BYTES
              + " bytes, but has '"
              + serialized.length
              + "'",
          e);
    }
  }

  static void requireVersion(int version) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "Cannot read a generated source's state of version '"
              + version
              + "': this release reads version "
              + VERSION);
    }
  }
}
