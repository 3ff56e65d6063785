package dev.sluice.common.source.generated;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes the lanes that no reader has yet, one after the other. Stateless and thread-safe. */
final class IndexLanesSerializer implements SimpleVersionedSerializer<List<IndexLane>> {
  private final IndexLaneSerializer lanes = new IndexLaneSerializer();

  @Override
  public int getVersion() {
    return lanes.getVersion();
  }

  @Override
  public byte[] serialize(List<IndexLane> unassigned) {
    ByteBuffer out = ByteBuffer.allocate(unassigned.size() * IndexLaneSerializer.BYTES);
    unassigned.forEach(lane -> out.put(lanes.serialize(lane)));
    return out.array();
  }

  @Override
  public List<IndexLane> deserialize(int version, byte[] serialized) throws IOException {
    IndexLaneSerializer.requireVersion(version);
    List<IndexLane> unassigned = new ArrayList<>();
    for (int at = 0; at < serialized.length; at += IndexLaneSerializer.BYTES) {
      int end = Math.min(at + IndexLaneSerializer.BYTES, serialized.length);
      unassigned.add(lanes.deserialize(version, Arrays.copyOfRange(serialized, at, end)));
    }
    return unassigned;
  }
}
