package dev.sluice.benchmarks.replication;

import dev.sluice.benchmarks.measure.StockFlink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;

/** The source and the sink of the stock connector, and nothing between them. */
final class StockCopy implements Copy {
  /** Records that the sink was given. */
  private static final LongAdder GIVEN = new LongAdder();

  private final Streams streams;
  private final Path folder;
  private final Duration interval;

  StockCopy(Streams streams, Path folder, Duration interval) {
    this.streams = streams;
    this.folder = folder;
    this.interval = interval;
  }

  @Override
  @SuppressWarnings("deprecation") // the same source as the job's
  public void run() throws Exception {
    StreamExecutionEnvironment env =
        StockFlink.environment(folder.resolve("checkpoints"), interval, CopyProcess.PARALLELISM);
    Properties source = Streams.properties(Streams.SOURCE_REGION, streams.sourceEndpoint());
    source.setProperty("flink.stream.initpos", "TRIM_HORIZON");
    source.setProperty(
        "flink.shard.getrecords.intervalmillis", Long.toString(streams.pollMillis()));
    Properties target = Streams.properties(Streams.TARGET_REGION, streams.targetEndpoint());
    target.setProperty("aws.http.protocol.version", "HTTP1_1"); // as the others
    env.addSource(new FlinkKinesisConsumer<>(Streams.NAME, new Keyed(), source))
        .sinkTo(
            KinesisStreamsSink.<KeyedBytes>builder()
                .setStreamName(Streams.NAME)
                .setSerializationSchema((SerializationSchema<KeyedBytes>) StockCopy::given)
                .setPartitionKeyGenerator(record -> record.key)
                .setKinesisClientProperties(target)
                .setMaxBatchSizeInBytes(Streams.REQUEST_BYTES)
                .setMaxRecordSizeInBytes(Streams.REQUEST_BYTES)
                .build());
    env.execute();
  }

  private static byte[] given(KeyedBytes record) {
    GIVEN.increment();
    return record.data;
  }

  @Override
  public long done() {
    return GIVEN.sum();
  }

  /** A record; fields are public as Flink wants them. */
  public static final class KeyedBytes {
    public String key = "";
    public byte[] data = {};

    /** For Flink. */
    public KeyedBytes() {}

    KeyedBytes(String key, byte[] data) {
      this.key = key;
      this.data = data;
    }
  }

  private static final class Keyed implements KinesisDeserializationSchema<KeyedBytes> {
    private static final long serialVersionUID = 1L;

    @Override
    public KeyedBytes deserialize(
        byte[] data, String key, String sequence, long arrival, String stream, String shard) {
      return new KeyedBytes(key, data);
    }

    @Override
    public TypeInformation<KeyedBytes> getProducedType() {
      return TypeInformation.of(KeyedBytes.class);
    }
  }
}
