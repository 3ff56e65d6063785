package dev.sluice.common.producer;

import dev.sluice.common.record.RecordVersion;
import dev.sluice.common.record.StampedRecord;
import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.sink.kinesis.OrderedPuts;
import dev.sluice.common.sink.kinesis.Placement;
import dev.sluice.common.sink.kinesis.PutFailure;
import dev.sluice.common.sink.kinesis.PutMeter;
import dev.sluice.common.sink.kinesis.PutOutcomes;
import dev.sluice.common.sink.kinesis.PutSurroundings;
import dev.sluice.common.sink.kinesis.StreamClient;
import dev.sluice.common.sink.kinesis.StreamEntry;

/**
 * Sends records in one epoch to its Region, in order per partition key. Once it is closed, no
 * answer and no time reaches it any more, so it neither sends nor reports. Not thread-safe.
 */
final class Lane implements PutSurroundings, PutOutcomes<Outgoing> {
  private final ActiveRegion region;
  private final ProducerSettings settings;
  private final Loop loop;
  private final Owner owner;
  private final OrderedPuts<Outgoing> puts;
  private boolean closed;

  Lane(
      ActiveRegion region,
      StreamClient client,
      ProducerSettings settings,
      Loop loop,
      PutMeter meter,
      Owner owner) {
    this.region = region;
    this.settings = settings;
    this.loop = loop;
    this.owner = owner;
    this.puts = new OrderedPuts<>(client, settings.puts, this, this, meter);
  }

  /** Who says whether the epoch still holds, and hears what becomes of records. */
  interface Owner {
    /** Asked right before each step: a lane whose epoch does not hold is closed by this. */
    void confirm();

    void stored(Outgoing record, ActiveRegion region, Placement placement) throws Exception;

    void refused(Outgoing record, PutFailure why, int attempts) throws Exception;

    void broken(Lane lane, Exception failure);

    /** After each step. */
    void stepped();
  }

  ActiveRegion region() {
    return region;
  }

  boolean hasRoomFor(Outgoing record) {
    return puts.hasRoomFor(record.entry.partitionKey(), record.entry);
  }

  void add(Outgoing record) {
    guarded(
        () ->
            puts.add(
                record,
                record.entry.partitionKey(),
                inStream(settings, record.entry, record.version)));
  }

  /** What goes into the stream. */
  static StreamEntry inStream(ProducerSettings settings, StreamEntry entry, RecordVersion version) {
    if (settings.stamping == Stamping.PLAIN) {
      return entry;
    }
    return new StreamEntry(
        new StampedRecord(version, entry.data()).toBytes(),
        entry.partitionKey(),
        entry.explicitHashKey());
  }

  void flush() {
    guarded(puts::flush);
  }

  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  private void guarded(Action action) {
    if (!closed) {
      try {
        action.run();
      } catch (Exception e) {
        owner.broken(this, e);
      }
    }
  }

  private void step(Action action) {
    if (!closed) {
      owner.confirm();
      guarded(action);
      owner.stepped();
    }
  }

  @Override
  public long now() {
    return loop.now();
  }

  @Override
  public void wakeAt(long millis) {
    loop.at(millis, () -> step(puts::wake));
  }

  @Override
  public void onWriterThread(Action action) {
    loop.run(() -> step(action));
  }

  @Override
  public void stored(Outgoing record, Placement placement) throws Exception {
    owner.stored(record, region, placement);
  }

  @Override
  public void refused(Outgoing record, StreamEntry entry, PutFailure why, int attempts)
      throws Exception {
    owner.refused(record, why, attempts);
  }
}
