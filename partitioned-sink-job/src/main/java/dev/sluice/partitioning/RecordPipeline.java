package dev.sluice.partitioning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterJson;
import dev.sluice.common.record.KplAggregate;
import dev.sluice.common.record.RawRecord;
import dev.sluice.common.record.RecordSplitter;
import dev.sluice.common.record.RecordTransformer;
import dev.sluice.common.record.Transformed;
import dev.sluice.partitioning.format.UnfitRecordException;
import dev.sluice.partitioning.keys.KeyExtractor;
import dev.sluice.partitioning.keys.PlainKeys;
import dev.sluice.partitioning.keys.UnpartitionableException;
import dev.sluice.partitioning.plan.Partitioner;
import dev.sluice.partitioning.prefix.PathEscaping;
import dev.sluice.partitioning.sink.PartitionedRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one subtask, in Firehose's order: aggregates of the Kinesis Producer Library,
 * decompression, several records in one, transformers, partition keys, row.
 *
 * <p>Each record becomes rows and dead letters that are together all of it, unless a transformer
 * drops it. One thread.
 */
final class RecordPipeline implements Partitioner, AutoCloseable {
  private static final int MAX_SEGMENT_BYTES = 255;

  private final Partitioning steps;
  private final KeyExtractor keys;
  private final PartitioningMetrics metrics;
  private final LongSupplier clock;
  private final RecordSplitter aggregates = new KplAggregate();
  private final boolean readsRecords;
  private final @Nullable PlainKeys plainKeys;
  private final String[] queryKeys;
  private final String[] lambdaKeys;

  RecordPipeline(
      Partitioning steps, KeyExtractor keys, PartitioningMetrics metrics, LongSupplier clock) {
    this.steps = steps;
    this.keys = keys;
    this.metrics = metrics;
    this.clock = clock;
    this.queryKeys = steps.prefix.queryKeys().toArray(new String[0]);
    this.lambdaKeys = steps.prefix.lambdaKeys().toArray(new String[0]);
    this.readsRecords = keys.readsRecords() || steps.rows.readsJson();
    this.plainKeys =
        lambdaKeys.length == 0 && !steps.rows.readsTree() ? keys.plain().orElse(null) : null;
  }

  @Override
  public void partition(RawRecord record, Rows out) throws Exception {
    metrics.incoming(record.data.length);
    if (KplAggregate.isAggregate(record.data)) {
      split(aggregates, record, piece -> decode(piece, out), out);
    } else {
      decode(record, out);
    }
  }

  /** The next step for one of several records. */
  private interface Next {
    void take(RawRecord piece) throws Exception;
  }

  private void decode(RawRecord record, Rows out) throws Exception {
    RecordTransformer decoder = steps.decoder;
    if (decoder == null) {
      takeApart(record, out);
      return;
    }
    Transformed decoded = decoder.transform(record);
    if (decoded.result == Transformed.Result.OK) {
      takeApart(new RawRecord(decoded.data, record.arrivalTimestamp, record.source), out);
    } else {
      reject(ErrorType.DECOMPRESSION_FAILED, "decompression-failed", decoded.reason, record, out);
    }
  }

  private void takeApart(RawRecord record, Rows out) throws Exception {
    RecordSplitter splitter = steps.splitter;
    if (splitter == null) {
      transform(record, out);
    } else {
      split(splitter, record, piece -> transform(piece, out), out);
    }
  }

  private void split(RecordSplitter splitter, RawRecord record, Next next, Rows out)
      throws Exception {
    splitter.split(
        record.data,
        new RecordSplitter.Pieces() {
          private int count;

          private RawRecord part(byte[] data) {
            return new RawRecord(data, record.arrivalTimestamp, record.source + "/" + count++);
          }

          @Override
          public void piece(byte[] data) throws Exception {
            next.take(part(data));
          }

          @Override
          public void broken(byte[] data, String reason) throws Exception {
            reject(ErrorType.PROCESSING_FAILED, "deaggregation-failed", reason, part(data), out);
          }
        });
  }

  private void transform(RawRecord record, Rows out) throws Exception {
    RawRecord current = record;
    Map<String, String> fromLambda = Map.of();
    for (RecordTransformer transformer : steps.transformers) {
      Transformed done = transformer.transform(current);
      switch (done.result) {
        case DROPPED:
          metrics.dropped.inc();
          return;
        case PROCESSING_FAILED:
          reject(ErrorType.PROCESSING_FAILED, "processing-failed", done.reason, record, out);
          return;
        default:
          current = new RawRecord(done.data, record.arrivalTimestamp, record.source);
          fromLambda = merged(fromLambda, done.partitionKeys);
      }
    }
    row(record, current, fromLambda, out);
  }

  private static Map<String, String> merged(Map<String, String> some, Map<String, String> more) {
    if (some.isEmpty()) {
      return more;
    }
    Map<String, String> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }

  private void row(RawRecord original, RawRecord record, Map<String, String> fromLambda, Rows out)
      throws Exception {
    PartitionedRecord row;
    OptionalLong eventTime = OptionalLong.empty();
    try {
      String partition = unparsed(record.data, fromLambda);
      JsonNode json = null;
      if (partition == null) {
        json = RecordJson.parse(record.data);
        Map<String, String> fromQuery = queried(json);
        Instant event = keys.hasEventTime() ? keys.eventTime(json) : null;
        eventTime = millis(event);
        partition = partition(fromQuery, fromLambda, event);
      }
      byte[] bytes = steps.rows.encode(record.data, json);
      row = new PartitionedRecord(partition, bytes, record.arrivalTimestamp, false);
    } catch (JsonProcessingException e) {
      unpartitionable("The record is no JSON: " + e.getOriginalMessage(), original, out);
      return;
    } catch (UnpartitionableException e) {
      reject(ErrorType.PROCESSING_FAILED, e.code(), String.valueOf(e.getMessage()), original, out);
      return;
    } catch (UnfitRecordException e) {
      metrics.unfit(record.data.length);
      reject(
          ErrorType.FORMAT_CONVERSION_FAILED,
          "format-conversion-failed",
          String.valueOf(e.getMessage()),
          original,
          out);
      return;
    }
    metrics.row(row.row.length);
    if (steps.mayBeRefused) {
      row.refusal = refusal(original);
    }
    out.add(row, eventTime);
  }

  /** Null if only a parser can tell. */
  private @Nullable String unparsed(byte[] record, Map<String, String> fromLambda)
      throws UnpartitionableException {
    if (!readsRecords) {
      return partition(Map.of(), fromLambda, null);
    }
    return plainKeys == null ? null : plainKeys.partition(record, this::plainPartition);
  }

  private static OptionalLong millis(@Nullable Instant time) {
    return time == null ? OptionalLong.empty() : OptionalLong.of(time.toEpochMilli());
  }

  private byte[] refusal(RawRecord record) throws IOException {
    return DeadLetterJson.write(
        letter("activePartitionExceeded", "There are as many partitions as may be", record));
  }

  private Map<String, String> queried(JsonNode json)
      throws UnpartitionableException, InterruptedException {
    long before = metrics.beforeQuery();
    Map<String, String> found = keys.extract(json);
    metrics.queried(before);
    return found;
  }

  private void unpartitionable(String message, RawRecord record, Rows out) throws IOException {
    reject(
        ErrorType.PROCESSING_FAILED,
        UnpartitionableException.METADATA_EXTRACTION_FAILED,
        message,
        record,
        out);
  }

  private String plainPartition(Map<String, String> keys) throws UnpartitionableException {
    return partition(keys, Map.of(), null);
  }

  private String partition(
      Map<String, String> fromQuery, Map<String, String> fromLambda, @Nullable Instant eventTime)
      throws UnpartitionableException {
    require(fromQuery, queryKeys, "query");
    require(fromLambda, lambdaKeys, "transformer");
    String partition = steps.prefix.forRecord(fromQuery, fromLambda, eventTime);
    if (partition.length() > MAX_SEGMENT_BYTES / 4) {
      checkLength(partition);
    }
    return partition;
  }

  private static void require(Map<String, String> keys, String[] names, String giver)
      throws UnpartitionableException {
    for (String name : names) {
      if (keys.get(name) == null) {
        throw new UnpartitionableException(
            "Partition key '" + name + "' is not given by the " + giver);
      }
    }
  }

  private void checkLength(String partition) throws UnpartitionableException {
    if (PathEscaping.utf8Length(partition) > steps.maxPrefixBytes) {
      throw new UnpartitionableException(
          "partition-too-long",
          "The prefix has more than " + steps.maxPrefixBytes + " bytes of UTF-8");
    }
    for (String segment : partition.split("/", -1)) {
      if (PathEscaping.utf8Length(segment) > MAX_SEGMENT_BYTES) {
        throw new UnpartitionableException(
            "partition-too-long",
            "A part of the prefix has more than " + MAX_SEGMENT_BYTES + " bytes of UTF-8");
      }
    }
  }

  private void reject(ErrorType type, String code, String message, RawRecord record, Rows out)
      throws IOException {
    metrics.rejected(code);
    DeadLetter letter = letter(code, message, record);
    out.add(RowsOfDeadLetters.row(steps.errorPrefix, type, letter));
  }

  private DeadLetter letter(String code, String message, RawRecord record) {
    return DeadLetter.builder(Uids.PARTITION, code, message)
        .from(record.source, record.data.length)
        .carrying(record.data)
        .between(record.arrivalTimestamp, clock.getAsLong())
        .build();
  }

  @Override
  public void close() throws Exception {
    try (KeyExtractor last = keys;
        RecordTransformer decoder = steps.decoder) {
      for (RecordTransformer transformer : steps.transformers) {
        transformer.close();
      }
    }
  }
}
