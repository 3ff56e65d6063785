package dev.sluice.common.source.kinesis;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Changes records that begin like an aggregate of the Kinesis Producer Library, so that the
 * connector does not take them apart, and changes them back.
 *
 * <p>A record that begins with any number of zero bytes and then the magic number gets one more
 * zero byte in front; every other record stays as it is, without a copy. So each hidden record has
 * exactly one original.
 */
final class HiddenAggregates {
  private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};

  private HiddenAggregates() {}

  /** The buffer itself or a changed copy; its position does not move. */
  static ByteBuffer hide(ByteBuffer data) {
    if (!isMarked(data)) {
      return data;
    }
    ByteBuffer hidden = ByteBuffer.allocate(data.remaining() + 1);
    hidden.put((byte) 0).put(data.duplicate()).flip();
    return hidden;
  }

  /** What {@link #hide} was given: the array itself or a copy. */
  static byte[] show(byte[] data) {
    boolean hidden = data.length > 0 && data[0] == 0 && isMarked(ByteBuffer.wrap(data));
    return hidden ? Arrays.copyOfRange(data, 1, data.length) : data;
  }

  private static boolean isMarked(ByteBuffer data) {
    int at = data.position();
    while (at < data.limit() && data.get(at) == 0) {
      at++;
    }
    if (data.limit() - at < MAGIC.length) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (data.get(at + i) != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }
}
