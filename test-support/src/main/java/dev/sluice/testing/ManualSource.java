package dev.sluice.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source that the test drives: it emits what it is told, when it is told.
 *
 * <p>Each partition is an append-only script of records, watermarks and one end; a checkpoint holds
 * the position in it, so a restart repeats exactly what came after the last completed checkpoint,
 * as Kinesis or Kafka would. Partition {@code i} starts at subtask {@code i} modulo the
 * parallelism; a subtask without a partition ends at once. Use it with {@code
 * WatermarkStrategy.noWatermarks()} to have only the script's watermarks, which are merged over
 * partitions as usual.
 *
 * <p>Works where tasks run in the process of the test. Thread-safe. Close it to free the script.
 *
 * @param <T> type of the records; they must not be changed after they were given
 */
public final class ManualSource<T>
    implements Source<T, ManualSplit, List<ManualSplit>>, ResultTypeQueryable<T>, AutoCloseable {
  private static final long serialVersionUID = 1L;
  private static final Registry<List<ManualScript>> SCRIPTS = new Registry<>("ManualSource");

  private final String id = UUID.randomUUID().toString();
  private final TypeInformation<T> type;
  private final Boundedness boundedness;
  private final int partitions;

  private ManualSource(TypeInformation<T> type, Boundedness boundedness, int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "Partitions must be positive, but were '" + partitions + "'");
    }
    this.type = type;
    this.boundedness = boundedness;
    this.partitions = partitions;
    List<ManualScript> scripts = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      scripts.add(new ManualScript());
    }
    SCRIPTS.put(id, List.copyOf(scripts));
  }

  /**
   * A source of one partition that Flink takes for endless; {@link #end()} ends it all the same.
   */
  public static <T> ManualSource<T> unbounded(TypeInformation<T> type) {
    return unbounded(type, 1);
  }

  public static <T> ManualSource<T> unbounded(TypeInformation<T> type, int partitions) {
    return new ManualSource<>(type, Boundedness.CONTINUOUS_UNBOUNDED, partitions);
  }

  /** A source of one partition that Flink takes for bounded: it may run in batch mode. */
  public static <T> ManualSource<T> bounded(TypeInformation<T> type) {
    return bounded(type, 1);
  }

  public static <T> ManualSource<T> bounded(TypeInformation<T> type, int partitions) {
    return new ManualSource<>(type, Boundedness.BOUNDED, partitions);
  }

  /** Emits records without a timestamp to partition 0. */
  @SafeVarargs
  public final ManualSource<T> emit(T... records) {
    for (T record : records) {
      emitTo(0, record);
    }
    return this;
  }

  /** Emits a record without a timestamp. */
  public ManualSource<T> emitTo(int partition, T record) {
    script(partition).append(ManualScript.Step.record(record));
    return this;
  }

  /** Emits a record with its timestamp in milliseconds to partition 0. */
  public ManualSource<T> emitAt(long timestamp, T record) {
    return emitTo(0, timestamp, record);
  }

  public ManualSource<T> emitTo(int partition, long timestamp, T record) {
    script(partition).append(ManualScript.Step.record(record, timestamp));
    return this;
  }

  /** Emits a watermark, in milliseconds, in every partition. */
  public ManualSource<T> watermark(long timestamp) {
    scripts().forEach(script -> script.append(ManualScript.Step.watermark(timestamp)));
    return this;
  }

  public ManualSource<T> watermarkTo(int partition, long timestamp) {
    script(partition).append(ManualScript.Step.watermark(timestamp));
    return this;
  }

  /** Marks a partition idle until its next step. */
  public ManualSource<T> idle(int partition) {
    script(partition).append(ManualScript.Step.idle());
    return this;
  }

  /** Ends every partition; nothing can be emitted after it. */
  public void end() {
    scripts().forEach(script -> script.append(ManualScript.Step.end()));
  }

  /**
   * Returns when every step given so far was emitted and has passed the operators that are chained
   * to the source; one behind a network exchange may still be at work on it.
   */
  public void awaitConsumed(Duration limit) throws Exception {
    for (int i = 0; i < partitions; i++) {
      ManualScript script = script(i);
      int target = script.size();
      Await.until(
          "partition " + i + " consumed to step " + target,
          limit,
          () -> script.consumed() >= target);
    }
  }

  /**
   * Returns when every step given so far is in a completed checkpoint. Not for after {@link
   * #end()}: a task that has finished does not hear of checkpoints any more.
   */
  public void awaitCheckpointed(Duration limit) throws Exception {
    for (int i = 0; i < partitions; i++) {
      ManualScript script = script(i);
      int target = script.size();
      Await.until(
          "partition " + i + " in a completed checkpoint to step " + target,
          limit,
          () -> script.checkpointed() >= target);
    }
  }

  /** Frees the script; a job that still reads here fails. */
  @Override
  public void close() {
    SCRIPTS.remove(id);
  }

  @Override
  public Boundedness getBoundedness() {
    return boundedness;
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return type;
  }

  @Override
  public SourceReader<T, ManualSplit> createReader(SourceReaderContext context) {
    return new ManualReader<>(scripts());
  }

  @Override
  public SplitEnumerator<ManualSplit, List<ManualSplit>> createEnumerator(
      SplitEnumeratorContext<ManualSplit> context) {
    List<ManualSplit> splits = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      splits.add(new ManualSplit(i, 0));
    }
    return new ManualEnumerator(context, splits);
  }

  @Override
  public SplitEnumerator<ManualSplit, List<ManualSplit>> restoreEnumerator(
      SplitEnumeratorContext<ManualSplit> context, List<ManualSplit> unassigned) {
    return new ManualEnumerator(context, unassigned);
  }

  @Override
  public SimpleVersionedSerializer<ManualSplit> getSplitSerializer() {
    return new ManualSplit.OneSerializer();
  }

  @Override
  public SimpleVersionedSerializer<List<ManualSplit>> getEnumeratorCheckpointSerializer() {
    return new ManualSplit.ManySerializer();
  }

  private List<ManualScript> scripts() {
    return SCRIPTS.get(id);
  }

  private ManualScript script(int partition) {
    if (partition < 0 || partition >= partitions) {
      throw new IllegalArgumentException(
          "Partition must be from 0 to " + (partitions - 1) + ", but was '" + partition + "'");
    }
    return scripts().get(partition);
  }
}
