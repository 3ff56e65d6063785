package dev.sluice.common.source.kinesis;

import dev.sluice.common.record.RawRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;

/** A record of a shard as it lies there, with its place. Stateless. */
final class RawRecordSchema implements KinesisDeserializationSchema<RawRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public RawRecord deserialize(
      byte[] data,
      String partitionKey,
      String sequenceNumber,
      long arrivalTimestamp,
      String stream,
      String shard) {
    return new RawRecord(
        HiddenAggregates.show(data), arrivalTimestamp, stream + "/" + shard + "/" + sequenceNumber);
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return TypeInformation.of(RawRecord.class);
  }
}
