package dev.sluice.common.producer;

import dev.sluice.common.sink.kinesis.StreamEntry;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A record as the spool keeps it, in a frame of length, CRC32C and body. Immutable. */
final class SpooledRecord {
  /** Length and checksum. */
  static final int FRAME_HEAD = 2 * Integer.BYTES;

  /** Longer than any record of Kinesis with its keys: what claims more is no frame. */
  static final int MAX_BODY = StreamEntry.MAX_BYTES + (1 << 16);

  final long epoch;
  final long sequence;
  final StreamEntry entry;

  SpooledRecord(long epoch, long sequence, StreamEntry entry) {
    this.epoch = epoch;
    this.sequence = sequence;
    this.entry = entry;
  }

  /** Length of the frame. */
  int frameBytes() {
    String explicit = entry.explicitHashKey();
    int hash = explicit == null ? 0 : explicit.getBytes(StandardCharsets.UTF_8).length;
    return FRAME_HEAD + 2 * Long.BYTES + 2 * Short.BYTES + entry.size() + hash;
  }

  ByteBuffer frame() {
    byte[] key = entry.partitionKey().getBytes(StandardCharsets.UTF_8);
    String explicit = entry.explicitHashKey();
    byte[] hash = (explicit == null ? "" : explicit).getBytes(StandardCharsets.UTF_8);
    int body = 2 * Long.BYTES + 2 * Short.BYTES + key.length + hash.length + entry.data().length;
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEAD + body);
    frame.position(FRAME_HEAD);
    frame
        .putLong(epoch)
        .putLong(sequence)
        .putShort((short) key.length)
        .putShort((short) hash.length);
    frame.put(key).put(hash).put(entry.data()).flip();
    return frame.putInt(0, body).putInt(Integer.BYTES, checksum(frame.array(), FRAME_HEAD, body));
  }

  /** The record of a body that has this checksum; null if the bytes are no record. */
  static @Nullable SpooledRecord parse(byte[] body, int checksum) {
    if (checksum(body, 0, body.length) != checksum) {
      return null;
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(body);
      long epoch = in.getLong();
      long sequence = in.getLong();
      byte[] key = new byte[in.getShort() & 0xFFFF];
      byte[] hash = new byte[in.getShort() & 0xFFFF];
      in.get(key).get(hash);
      byte[] data = new byte[in.remaining()];
      in.get(data);
      return new SpooledRecord(
          epoch,
          sequence,
          new StreamEntry(
              data,
              new String(key, StandardCharsets.UTF_8),
              hash.length == 0 ? null : new String(hash, StandardCharsets.UTF_8)));
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  /** Whether a frame's body can have this length, with so many bytes left in its file. */
  static boolean isLength(int claimed, long left) {
    return claimed >= Long.BYTES && claimed <= MAX_BODY && claimed <= left;
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }
}
