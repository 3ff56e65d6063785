package dev.sluice.common.source.kinesis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard;
import org.apache.flink.streaming.connectors.kinesis.model.KinesisStreamShardState;
import org.apache.flink.streaming.connectors.kinesis.model.SentinelSequenceNumber;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;

/** Which shards this subtask knows, and whether the parents of one are read to their end. */
final class Lineage {
  private final Object lock;
  private final List<KinesisStreamShardState> states;
  private final Set<String> found = new HashSet<>();

  /**
   * @param lock that of the connector for its states
   * @param states the connector's own list, of every shard that is or was read
   */
  Lineage(Object lock, List<KinesisStreamShardState> states) {
    this.lock = lock;
    this.states = states;
  }

  /** Shards that will be among the states soon. */
  void found(List<StreamShardHandle> shards) {
    synchronized (lock) {
      shards.forEach(shard -> found.add(id(shard.getStreamName(), shard.getShard().getShardId())));
    }
  }

  /** Parents that the stream does not list any more are older than its retention. */
  boolean areParentsRead(StreamShardHandle shard) {
    synchronized (lock) {
      Map<String, KinesisStreamShardState> byId = new HashMap<>();
      for (KinesisStreamShardState state : states) {
        StreamShardHandle handle = state.getStreamShardHandle();
        byId.put(id(handle.getStreamName(), handle.getShard().getShardId()), state);
      }
      for (String parent : parents(shard.getShard())) {
        String id = id(shard.getStreamName(), parent);
        KinesisStreamShardState state = byId.get(id);
        boolean read = state == null ? !found.contains(id) : isAtItsEnd(state);
        if (!read) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean isAtItsEnd(KinesisStreamShardState state) {
    return state
        .getLastProcessedSequenceNum()
        .equals(SentinelSequenceNumber.SENTINEL_SHARD_ENDING_SEQUENCE_NUM.get());
  }

  private static List<String> parents(Shard shard) {
    List<String> parents = new ArrayList<>();
    if (shard.getParentShardId() != null) {
      parents.add(shard.getParentShardId());
    }
    if (shard.getAdjacentParentShardId() != null) {
      parents.add(shard.getAdjacentParentShardId());
    }
    return parents;
  }

  private static String id(String stream, String shard) {
    return stream + "/" + shard;
  }
}
