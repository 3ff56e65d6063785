package dev.sluice.common.source.kinesis;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;

/** A record of a shard as it lies there, with its place. Stateless. */
final class RawRecordSchema<T> implements KinesisDeserializationSchema<T> {
  private static final long serialVersionUID = 1L;

  private final KinesisRecordMapper<T> mapper;
  private final TypeInformation<T> type;

  RawRecordSchema(KinesisRecordMapper<T> mapper, TypeInformation<T> type) {
    this.mapper = mapper;
    this.type = type;
  }

  @Override
  public T deserialize(
      byte[] data,
      String partitionKey,
      String sequenceNumber,
      long arrivalTimestamp,
      String stream,
      String shard) {
    return mapper.map(
        HiddenAggregates.show(data), partitionKey, sequenceNumber, arrivalTimestamp, stream, shard);
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return type;
  }
}
