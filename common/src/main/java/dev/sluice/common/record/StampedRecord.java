package dev.sluice.common.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A payload with its version in front, since Kinesis records have no headers and a version must
 * come through replication: {@code "SLS1"}, epoch and sequence (8 bytes each, big endian), length
 * of the producer's name (1 byte), the name in UTF-8, CRC32C of all before (4 bytes), the payload.
 *
 * <p>Immutable; the payload is not copied.
 */
public final class StampedRecord {
  /** Greatest name of a producer, in bytes of UTF-8. */
  public static final int MAX_PRODUCER_BYTES = 255;

  private static final byte[] MAGIC = {'S', 'L', 'S', '1'};
  private static final int FIXED = MAGIC.length + Long.BYTES + Long.BYTES + 1;

  private final RecordVersion version;
  private final byte[] payload;

  /** A payload of a version. */
  public StampedRecord(RecordVersion version, byte[] payload) {
    this.version = version;
    this.payload = payload;
  }

  public RecordVersion version() {
    return version;
  }

  public byte[] payload() {
    return payload;
  }

  /** The form that goes into the stream; of one length for all epochs and sequences. */
  public byte[] toBytes() {
    byte[] producer = version.producer().getBytes(StandardCharsets.UTF_8);
    if (producer.length > MAX_PRODUCER_BYTES) {
      throw new IllegalArgumentException(
          "Name of a producer must have at most 255 bytes, but has " + producer.length);
    }
    int head = FIXED + producer.length;
    ByteBuffer bytes = ByteBuffer.allocate(head + Integer.BYTES + payload.length);
    bytes.put(MAGIC).putLong(version.epoch()).putLong(version.sequence());
    bytes.put((byte) producer.length).put(producer);
    return bytes.putInt(checksum(bytes.array(), head)).put(payload).array();
  }

  /** Empty for bytes that carry no stamp, or a broken one. */
  public static Optional<StampedRecord> parse(byte[] bytes) {
    if (bytes.length < FIXED + Integer.BYTES
        || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, MAGIC.length, bytes.length - MAGIC.length);
    long epoch = in.getLong();
    long sequence = in.getLong();
    int name = in.get() & 0xFF;
    int head = FIXED + name;
    if (bytes.length < head + Integer.BYTES || in.getInt(head) != checksum(bytes, head)) {
      return Optional.empty();
    }
    String producer = new String(bytes, FIXED, name, StandardCharsets.UTF_8);
    byte[] payload = Arrays.copyOfRange(bytes, head + Integer.BYTES, bytes.length);
    return epoch < 0 || sequence < 0
        ? Optional.empty()
        : Optional.of(new StampedRecord(new RecordVersion(epoch, sequence, producer), payload));
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }

  /** Without the payload, which may be large or private. */
  @Override
  public String toString() {
    return "StampedRecord[" + version + ", " + payload.length + " bytes]";
  }
}
