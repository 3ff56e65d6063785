package dev.sluice.common.source.generated;

import dev.sluice.common.record.RawRecord;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A stream of the records that a {@link RecordGenerator} makes of 0, 1, 2 …, for ever or up to a
 * number, as fast as it goes or at a rate.
 *
 * <p><b>Delivery.</b> Relative to checkpoints each index comes exactly once, also after failures,
 * restores and with another parallelism.
 *
 * <p><b>Order.</b> A subtask emits ascending indexes; after a restore with another parallelism,
 * those that lag come first. Subtasks do not wait for each other.
 *
 * <p><b>Parallelism.</b> Indexes are dealt out in {@value IndexLane#LANES} lanes: subtasks beyond
 * that number have nothing to do. The state of a lane is one number.
 *
 * <p>Immutable.
 */
public final class GeneratedSource
    implements Source<RawRecord, IndexLane, List<IndexLane>>, ResultTypeQueryable<RawRecord> {
  private static final long serialVersionUID = 1L;

  private final RecordGenerator generator;
  private final long records;
  private final double perSecond;

  private GeneratedSource(RecordGenerator generator, long records, double perSecond) {
    this.generator = generator;
    this.records = records;
    this.perSecond = perSecond;
  }

  /** A source without end and without a rate. */
  public static GeneratedSource of(RecordGenerator generator) {
    return new GeneratedSource(generator, Long.MAX_VALUE, Double.POSITIVE_INFINITY);
  }

  /**
   * Ends after the indexes 0 to {@code number} - 1. The number may not grow between a savepoint and
   * its restore: lanes that have ended are not in it.
   *
   * @param number 0 or more
   */
  public GeneratedSource records(long number) {
    if (number < 0) {
      throw new IllegalArgumentException(
          "Number of generated records must not be negative, but was '" + number + "'");
    }
    return new GeneratedSource(generator, number, perSecond);
  }

  /**
   * Emits at most that many records a second in all subtasks together. What backpressure held up is
   * made up for, by one second's worth at most.
   *
   * @param rate in records per second, above 0
   */
  public GeneratedSource perSecond(double rate) {
    if (!(rate > 0)) {
      throw new IllegalArgumentException(
          "Rate of generated records must be positive, but was '" + rate + "'");
    }
    return new GeneratedSource(generator, records, rate);
  }

  /**
   * Adds the source to a job.
   *
   * @param uid a savepoint knows the source by this name
   * @return records with {@link RawRecord#arrivalTimestamp} as their timestamps; no watermarks
   */
  public SingleOutputStreamOperator<RawRecord> addTo(StreamExecutionEnvironment env, String uid) {
    return env.fromSource(this, WatermarkStrategy.noWatermarks(), "generate records").uid(uid);
  }

  @Override
  public Boundedness getBoundedness() {
    return records == Long.MAX_VALUE ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<RawRecord, IndexLane> createReader(SourceReaderContext context) {
    return new GeneratingReader(context, generator, records, perSecond);
  }

  @Override
  public SplitEnumerator<IndexLane, List<IndexLane>> createEnumerator(
      SplitEnumeratorContext<IndexLane> context) {
    return new LaneEnumerator(context, IndexLane.all());
  }

  @Override
  public SplitEnumerator<IndexLane, List<IndexLane>> restoreEnumerator(
      SplitEnumeratorContext<IndexLane> context, List<IndexLane> unassigned) {
    return new LaneEnumerator(context, unassigned);
  }

  @Override
  public SimpleVersionedSerializer<IndexLane> getSplitSerializer() {
    return new IndexLaneSerializer();
  }

  @Override
  public SimpleVersionedSerializer<List<IndexLane>> getEnumeratorCheckpointSerializer() {
    return new IndexLanesSerializer();
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return TypeInformation.of(RawRecord.class);
  }
}
