package dev.sluice.replication.health;

import dev.sluice.common.sink.kinesis.EntryResult;
import dev.sluice.common.sink.kinesis.FailureKind;
import dev.sluice.common.sink.kinesis.PutFailedException;
import dev.sluice.common.sink.kinesis.PutFailure;
import dev.sluice.common.sink.kinesis.StreamEntry;
import dev.sluice.common.sink.kinesis.StreamProbe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream of one shard in memory, of which each direction can fail. */
final class FakeProbe implements StreamProbe {
  final List<StreamEntry> records = new ArrayList<>();
  @Nullable FailureKind puts;
  @Nullable FailureKind gets;
  String code = "Code";
  int hiddenReads;
  boolean forgets;
  boolean closed;

  @Override
  public EntryResult put(StreamEntry entry) throws PutFailedException {
    fail(puts);
    records.add(entry);
    return EntryResult.stored("only", "" + (records.size() - 1));
  }

  @Override
  public Optional<Found> read(String shard, String sequenceNumber) throws PutFailedException {
    fail(gets);
    if (hiddenReads-- > 0 || forgets) {
      return Optional.empty();
    }
    byte[] data = records.get(Integer.parseInt(sequenceNumber)).data();
    return Optional.of(new Found(data, Instant.EPOCH));
  }

  @Override
  public Map<String, String> hashKeys() {
    return Map.of("only", "0");
  }

  @Override
  public List<String> shards() {
    return List.of("only");
  }

  @Override
  public void readOn(String shard, @Nullable String after, Visitor visitor) {
    throw new UnsupportedOperationException("A canary reads single records");
  }

  @Override
  public void close() {
    closed = true;
  }

  private void fail(@Nullable FailureKind kind) throws PutFailedException {
    if (kind != null) {
      throw new PutFailedException(new PutFailure(kind, code, "text"), null);
    }
  }
}
