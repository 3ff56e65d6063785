package dev.sluice.partitioning.sink;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What state says of a buffer before its rows. Immutable. */
final class StateEntry {
  final boolean failed;
  final String partition;
  final long createdMillis;
  final long oldestArrival;

  /** Bytes of the rows that follow; of an open buffer that is spread, those of all its rows. */
  final long rowBytes;

  /** Where the object belongs if it is cut; null for an open buffer. */
  final @Nullable String path;

  /** What is uploaded before the rows that follow. */
  final @Nullable UploadedParts parts;

  private StateEntry(
      PartitionIdentity identity,
      long createdMillis,
      long oldestArrival,
      long rowBytes,
      @Nullable String path,
      @Nullable UploadedParts parts) {
    this.failed = identity.failed;
    this.partition = identity.partition;
    this.createdMillis = createdMillis;
    this.oldestArrival = oldestArrival;
    this.rowBytes = rowBytes;
    this.path = path;
    this.parts = parts;
  }

  static StateEntry of(PartitionBuffer buffer) {
    return new StateEntry(
        new PartitionIdentity(buffer.group.failed, buffer.partition),
        buffer.createdMillis,
        buffer.oldestArrival,
        buffer.rows.bytes(),
        null,
        buffer.parts);
  }

  static StateEntry of(CutObject object) {
    return new StateEntry(
        new PartitionIdentity(object.failed, object.partition),
        object.createdMillis,
        object.oldestArrival,
        object.rows.bytes(),
        object.path,
        object.parts);
  }

  /** For the rest of the rows, which must not bring what is uploaded a second time. */
  StateEntry withoutParts() {
    return new StateEntry(
        new PartitionIdentity(failed, partition),
        createdMillis,
        oldestArrival,
        rowBytes,
        path,
        null);
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(failed);
    Texts.write(partition, out);
    out.writeLong(createdMillis);
    out.writeLong(oldestArrival);
    out.writeLong(rowBytes);
    out.writeBoolean(path != null);
    if (path != null) {
      Texts.write(path, out);
    }
    out.writeBoolean(parts != null);
    if (parts != null) {
      Texts.write(parts.path, out);
      out.writeInt(parts.version);
      out.writeInt(parts.resumable.length);
      out.write(parts.resumable);
      out.writeLong(parts.records);
      out.writeLong(parts.rowBytes);
    }
  }

  static StateEntry read(DataInput in) throws IOException {
    PartitionIdentity identity = new PartitionIdentity(in.readBoolean(), Texts.read(in));
    long createdMillis = in.readLong();
    long oldestArrival = in.readLong();
    long rowBytes = in.readLong();
    @Nullable String path = in.readBoolean() ? Texts.read(in) : null;
    @Nullable UploadedParts parts = in.readBoolean() ? readParts(in) : null;
    return new StateEntry(identity, createdMillis, oldestArrival, rowBytes, path, parts);
  }

  private static UploadedParts readParts(DataInput in) throws IOException {
    String path = Texts.read(in);
    int version = in.readInt();
    byte[] resumable = new byte[in.readInt()];
    in.readFully(resumable);
    return new UploadedParts(path, version, resumable, in.readLong(), in.readLong());
  }

  private static final class PartitionIdentity {
    final boolean failed;
    final String partition;

    PartitionIdentity(boolean failed, String partition) {
      this.failed = failed;
      this.partition = partition;
    }
  }
}
