package dev.sluice.partitioning.sink;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes {@link StatePiece}s into checkpoints. Stateless and thread-safe. */
final class StatePieceSerializer implements SimpleVersionedSerializer<StatePiece> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(StatePiece piece) {
    return piece.compressed();
  }

  @Override
  public StatePiece deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "Cannot read state of version '" + version + "': this release reads version " + VERSION);
    }
    return new StatePiece(serialized);
  }
}
