package dev.sluice.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A partition of a {@link ManualSource} and the next step in it. */
public final class ManualSplit implements SourceSplit {
  private static final int BYTES = 2 * Integer.BYTES;

  final int partition;
  final int position;

  ManualSplit(int partition, int position) {
    this.partition = partition;
    this.position = position;
  }

  @Override
  public String splitId() {
    return Integer.toString(partition);
  }

  @Override
  public String toString() {
    return "partition " + partition + " at step " + position;
  }

  static final class ManySerializer implements SimpleVersionedSerializer<List<ManualSplit>> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(List<ManualSplit> splits) {
      ByteBuffer bytes = ByteBuffer.allocate(splits.size() * BYTES);
      splits.forEach(split -> bytes.putInt(split.partition).putInt(split.position));
      return bytes.array();
    }

    @Override
    public List<ManualSplit> deserialize(int version, byte[] serialized) throws IOException {
      if (version != 1 || serialized.length % BYTES != 0) {
        throw new IOException(
            "Cannot read splits: version '" + version + "', " + serialized.length + " bytes");
      }
      ByteBuffer bytes = ByteBuffer.wrap(serialized);
      List<ManualSplit> splits = new ArrayList<>();
      while (bytes.hasRemaining()) {
        splits.add(new ManualSplit(bytes.getInt(), bytes.getInt()));
      }
      return splits;
    }
  }

  static final class OneSerializer implements SimpleVersionedSerializer<ManualSplit> {
    private final ManySerializer many = new ManySerializer();

    @Override
    public int getVersion() {
      return many.getVersion();
    }

    @Override
    public byte[] serialize(ManualSplit split) {
      return many.serialize(List.of(split));
    }

    @Override
    public ManualSplit deserialize(int version, byte[] serialized) throws IOException {
      return many.deserialize(version, serialized).get(0);
    }
  }
}
