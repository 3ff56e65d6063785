package dev.sluice.partitioning.sink;

import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what writers of an earlier run held, whatever their number was.
 *
 * <p>An object that was cut is uploaded again as it was. An open buffer stays open, with its age,
 * and what several writers held of a partition is brought together. If there is more than the
 * memory holds, objects are cut as they are while records come in.
 */
final class RestoreBuffers {
  private final OpenBuffers buffers;
  private final ObjectUploads uploads;

  RestoreBuffers(OpenBuffers buffers, ObjectUploads uploads) {
    this.buffers = buffers;
    this.uploads = uploads;
  }

  void restore(Collection<StatePiece> pieces) throws IOException, InterruptedException {
    for (StatePiece piece : pieces) {
      try (StateReader in = new StateReader(piece)) {
        for (StateEntry entry = in.nextEntry(); entry != null; entry = in.nextEntry()) {
          restore(entry, in);
        }
      }
    }
    buffers.data.sortByAge();
    buffers.deadLetters.sortByAge();
  }

  private void restore(StateEntry entry, StateReader in) throws IOException, InterruptedException {
    BufferGroup group = buffers.group(entry.failed);
    String path = entry.path;
    // An object that alone would take half of the memory is cut anew, as memory demands.
    if (path != null && entry.rowBytes / SegmentPool.SEGMENT_BYTES < buffers.capacity() / 2) {
      restoreCut(group, entry, path, in);
    } else {
      restoreOpen(group, entry, in);
    }
  }

  private void restoreCut(BufferGroup group, StateEntry entry, String path, StateReader in)
      throws IOException, InterruptedException {
    PartitionBuffer detached = new PartitionBuffer(group, entry.partition, entry.createdMillis);
    detached.oldestArrival = entry.oldestArrival;
    detached.parts = entry.parts;
    for (byte[] row = in.nextRow(); row != null; row = in.nextRow()) {
      buffers.addDetached(detached.rows, row);
    }
    uploads.submit(new CutObject(detached, path, buffers.pool()));
  }

  private void restoreOpen(BufferGroup group, StateEntry entry, StateReader in)
      throws IOException, InterruptedException {
    UploadedParts parts = entry.parts;
    if (parts != null) {
      closeOther(group, entry.partition);
      buffers.resume(group, entry.partition, parts);
      keepAge(group, entry); // there may be no row behind the parts
    }
    for (byte[] row = in.nextRow(); row != null; row = in.nextRow()) {
      buffers.add(group, entry.partition, row, entry.oldestArrival);
      keepAge(group, entry);
    }
  }

  private static void keepAge(BufferGroup group, StateEntry entry) {
    @Nullable PartitionBuffer buffer = group.find(entry.partition);
    if (buffer != null) {
      buffer.createdMillis = Math.min(buffer.createdMillis, entry.createdMillis);
      buffer.oldestArrival = Math.min(buffer.oldestArrival, entry.oldestArrival);
    }
  }

  /** Parts of two objects cannot become one: the one that is restored already is closed. */
  private void closeOther(BufferGroup group, String partition)
      throws IOException, InterruptedException {
    @Nullable PartitionBuffer other = group.find(partition);
    while (other != null && other.partInFlight) {
      uploads.await();
      other = group.find(partition);
    }
    if (other != null && other.parts != null) {
      buffers.cut(other, CutReason.MEMORY);
    }
  }
}
