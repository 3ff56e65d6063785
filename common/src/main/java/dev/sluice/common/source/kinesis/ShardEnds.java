package dev.sluice.common.source.kinesis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisher;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisher.RecordPublisherRunResult;

/**
 * Which shards enhanced fan-out has read to their end, by the service's own word.
 *
 * <p>The connector also takes a shard as read to its end, for good and with a line in the log only,
 * when the stream or the consumer is not found: whatever the shard has then is lost in silence.
 * Thread-safe.
 */
final class ShardEnds {
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** The service has said that the subscriber has everything of the shard. */
  void seen(String consumerArn, String shard) {
    String behind = consumerArn.substring(consumerArn.indexOf(":stream/") + ":stream/".length());
    seen.add(behind.substring(0, behind.indexOf('/')) + "/" + shard);
  }

  /** The same reader, which fails when it takes a shard as read to its end and nobody said so. */
  RecordPublisher checked(RecordPublisher reader, String stream, String shard) {
    return consumer -> {
      RecordPublisherRunResult result = reader.run(consumer);
      if (result == RecordPublisherRunResult.COMPLETE && !seen.contains(stream + "/" + shard)) {
        throw new IllegalStateException(
            "Shard '"
                + shard
                + "' of stream '"
                + stream
                + "' can be read no more, and was not read to its end: the stream or its consumer"
                + " is gone");
      }
      return result;
    };
  }
}
