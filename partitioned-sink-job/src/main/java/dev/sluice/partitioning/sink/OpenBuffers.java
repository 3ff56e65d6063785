package dev.sluice.partitioning.sink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.jspecify.annotations.Nullable;

/**
 * The open buffers of a subtask, within its memory.
 *
 * <p>When less than an eighth of the memory is free or on its way to be, the largest buffers are
 * cut, and among equals the oldest: that frees the most for the fewest objects, and the task seldom
 * has to wait. A record costs a look-up and a copy; the clock is read when a buffer is opened and
 * at ticks.
 */
final class OpenBuffers implements PartUploads.Listener {
  private static final int RESERVE_SHARE = 8;

  /** One partition that compresses to nothing must not keep all others from being parts. */
  private static final long MOST_PART_ROWS = 16L * PartUploads.PART_BYTES;

  final BufferGroup data;
  final BufferGroup deadLetters;
  private final SegmentPool pool;
  private final ObjectUploads uploads;
  private final ObjectPaths paths;
  private final PartUploads parts;
  private final SinkMetrics metrics;
  private final ProcessingTimeService time;
  private final SizeClasses sizes = new SizeClasses();
  private final int reserve;
  private final long largestRow;
  private long now;

  OpenBuffers(
      SinkSettings settings,
      SegmentPool pool,
      ObjectUploads uploads,
      PartUploads parts,
      SinkMetrics metrics,
      ProcessingTimeService time) {
    this.data = new BufferGroup(false, settings.data, settings.dataRules);
    this.deadLetters = new BufferGroup(true, settings.deadLetters, settings.deadLetterRules);
    this.pool = pool;
    this.uploads = uploads;
    this.paths = new ObjectPaths(settings.root, settings.naming);
    this.parts = parts;
    this.metrics = metrics;
    this.time = time;
    this.reserve = pool.capacity() / RESERVE_SHARE;
    this.largestRow = (pool.capacity() - 1L) * SegmentPool.SEGMENT_BYTES;
    this.now = time.getCurrentProcessingTime();
  }

  BufferGroup group(boolean failed) {
    return failed ? deadLetters : data;
  }

  List<PartitionBuffer> all() {
    List<PartitionBuffer> all = new ArrayList<>(data.all());
    all.addAll(deadLetters.all());
    return all;
  }

  /** Appends a row, and cuts the object if that completes it. Waits if there is no memory. */
  void add(BufferGroup group, String partition, byte[] row, long arrival)
      throws IOException, InterruptedException {
    if (row.length >= largestRow) {
      addAlone(group, partition, row, arrival);
      return;
    }
    PartitionBuffer buffer = group.find(partition);
    if (buffer != null && buffer.rows.segmentsFor(row.length) == 0) {
      buffer.rows.append(row, pool);
    } else {
      buffer = addSegments(group, partition, row);
    }
    buffer.lastMillis = now;
    if (arrival < buffer.oldestArrival) {
      buffer.oldestArrival = arrival;
    }
    if (buffer.isComplete()) {
      cut(buffer, CutReason.SIZE);
    }
  }

  /** Cuts what is due by age or inactivity. */
  void cutDue() {
    refreshTime();
    cutDue(data);
    cutDue(deadLetters);
  }

  void cutAll() {
    all().forEach(buffer -> cut(buffer, CutReason.END_OF_INPUT));
  }

  /** Closes the object of a buffer; if a part is in flight, as soon as it is not. */
  void cut(PartitionBuffer buffer, CutReason reason) {
    if (buffer.partInFlight) {
      buffer.pending = reason;
      return;
    }
    buffer.group.remove(buffer);
    sizes.remove(buffer);
    metrics.cut(buffer, reason, now);
    UploadedParts uploaded = buffer.parts;
    uploads.submit(
        new CutObject(buffer, uploaded == null ? paths.name(buffer) : uploaded.path, pool));
  }

  long refreshTime() {
    now = time.getCurrentProcessingTime();
    return now;
  }

  /** When the first record came of what is open; the default if nothing is. */
  long oldestMillis(long otherwise) {
    return Math.min(oldestMillis(data, otherwise), oldestMillis(deadLetters, otherwise));
  }

  /** Memory in use, by open buffers and by objects in flight. */
  long takenBytes() {
    return pool.takenBytes();
  }

  int capacity() {
    return pool.capacity();
  }

  /**
   * Appends a row to a buffer that is in no group, as a restore does.
   *
   * <p>Waits until the others have made room.
   */
  void addDetached(RowBuffer rows, byte[] row) throws IOException, InterruptedException {
    makeRoom(rows.segmentsFor(row.length), row.length);
    rows.append(row, pool);
  }

  /** The memory of all rows but those that are larger than it. */
  SegmentPool pool() {
    return pool;
  }

  /** Opens a buffer that goes on with an object of which parts are uploaded. */
  void resume(BufferGroup group, String partition, UploadedParts parts) {
    PartitionBuffer buffer = group.find(partition);
    if (buffer == null) {
      buffer = group.open(partition, refreshTime());
      sizes.update(buffer);
    }
    buffer.parts = parts;
  }

  private void cutDue(BufferGroup group) {
    group.ofAge(now).forEach(buffer -> cut(buffer, CutReason.AGE));
    group.inactive(now).forEach(buffer -> cut(buffer, CutReason.INACTIVITY));
  }

  private PartitionBuffer addSegments(BufferGroup group, String partition, byte[] row)
      throws IOException, InterruptedException {
    relieve();
    PartitionBuffer buffer = group.find(partition);
    int needed = needed(buffer, row);
    while (needed > pool.available()) {
      makeRoom(needed, row.length);
      buffer = group.find(partition); // it may have had to make room itself
      needed = needed(buffer, row);
    }
    if (buffer == null) {
      buffer = group.open(partition, refreshTime());
    }
    buffer.rows.append(row, pool);
    if (!buffer.partInFlight) {
      sizes.update(buffer);
    }
    return buffer;
  }

  private static int needed(@Nullable PartitionBuffer buffer, byte[] row) {
    return buffer == null
        ? RowBuffer.segmentsForFirst(row.length)
        : buffer.rows.segmentsFor(row.length);
  }

  private void relieve() {
    if (pool.available() + uploads.segmentsInFlight() < reserve) {
      PartitionBuffer largest = sizes.largest();
      if (largest != null) {
        writeOut(largest);
      }
    }
  }

  private static long oldestMillis(BufferGroup group, long otherwise) {
    PartitionBuffer oldest = group.oldest();
    return oldest == null ? otherwise : oldest.createdMillis;
  }

  /** A row that the memory cannot hold becomes an object, with nothing else in flight. */
  private void addAlone(BufferGroup group, String partition, byte[] row, long arrival)
      throws IOException, InterruptedException {
    while (uploads.running() > 0) {
      uploads.await();
    }
    PartitionBuffer alone = new PartitionBuffer(group, partition, refreshTime());
    alone.oldestArrival = arrival;
    SegmentPool own = new SegmentPool(row.length + 2L * SegmentPool.SEGMENT_BYTES);
    alone.rows.append(row, own);
    metrics.cut(alone, CutReason.SIZE, now);
    uploads.submit(new CutObject(alone, paths.name(alone), own));
  }

  private void makeRoom(int needed, int rowBytes) throws IOException, InterruptedException {
    uploads.collect();
    while (needed > pool.available()) {
      PartitionBuffer largest = sizes.largest();
      if (largest != null && needed > pool.available() + uploads.segmentsInFlight()) {
        writeOut(largest);
      } else if (uploads.running() == 0) {
        throw new IllegalStateException("No buffer can make room for '" + rowBytes + "' bytes");
      } else {
        uploads.await();
        refreshTime();
      }
    }
  }

  /** Uploads a part if that is possible, and closes the object if not. */
  private void writeOut(PartitionBuffer buffer) {
    if (!parts.canTake(buffer)) {
      cut(buffer, CutReason.MEMORY);
      return;
    }
    sizes.remove(buffer);
    buffer.partInFlight = true;
    UploadedParts uploaded = buffer.parts;
    parts.start(buffer, uploaded == null ? paths.name(buffer) : uploaded.path, this);
  }

  @Override
  public void uploaded(PartitionBuffer buffer, UploadedParts uploaded, RowCursor passed) {
    metrics.partUploaded();
    buffer.parts = uploaded;
    buffer.rows.dropPassed(passed, pool);
    atRest(buffer);
  }

  @Override
  public void tooSmall(PartitionBuffer buffer, RowCursor passed, long encodedBytes) {
    long needed = passed.passedBytes() * PartUploads.PART_BYTES / Math.max(1, encodedBytes);
    buffer.group.partRowBytes =
        Math.min(MOST_PART_ROWS, Math.max(buffer.group.partRowBytes, needed + needed / 8));
    buffer.pending = buffer.pending == null ? CutReason.MEMORY : buffer.pending;
    atRest(buffer);
  }

  private void atRest(PartitionBuffer buffer) {
    buffer.partInFlight = false;
    sizes.update(buffer);
    if (buffer.pending != null) {
      cut(buffer, buffer.pending);
    }
  }
}
