package dev.sluice.common.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the fields of a protobuf message. Enough for messages of few fields; a library would
 * have to be the same version as the one in every connector beside it.
 *
 * <p>Not thread-safe.
 */
final class ProtobufFields {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int position;
  private int number;
  private int valueStart = -1;
  private long value;

  /** The message between two indices. */
  ProtobufFields(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** Moves to the next field; false at the end of the message. */
  boolean next() throws MalformedProtobufException {
    if (position == end) {
      return false;
    }
    long key = varint();
    if (key >>> 3 == 0 || key >>> 32 != 0) {
      throw new MalformedProtobufException("field number " + (key >>> 3) + " is not allowed");
    }
    number = (int) (key >>> 3);
    valueStart = -1;
    value = -1;
    int type = (int) key & 7;
    switch (type) {
      case VARINT:
        value = varint();
        break;
      case FIXED64:
        skip(Long.BYTES);
        break;
      case LENGTH_DELIMITED:
        long length = varint();
        valueStart = position;
        skip(length);
        break;
      case FIXED32:
        skip(Integer.BYTES);
        break;
      default:
        throw new MalformedProtobufException("wire type " + type + " is not allowed");
    }
    return true;
  }

  /** Number of the field on which this stands. */
  int number() {
    return number;
  }

  /** The value of the field as a message of its own; it must be one or bytes or a string. */
  ProtobufFields message() throws MalformedProtobufException {
    if (valueStart < 0) {
      throw new MalformedProtobufException("field " + number + " must have a length, but has none");
    }
    return new ProtobufFields(bytes, valueStart, position);
  }

  /** The value of the field as a number; it must be one. */
  long number64() throws MalformedProtobufException {
    if (valueStart >= 0) {
      throw new MalformedProtobufException("field " + number + " must be a number");
    }
    return value;
  }

  /** All that is left of the message as text. */
  String text() {
    return new String(bytes, position, end - position, StandardCharsets.UTF_8);
  }

  int position() {
    return position;
  }

  int end() {
    return end;
  }

  byte[] copy(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private void skip(long length) throws MalformedProtobufException {
    if (length < 0 || length > end - position) {
      throw new MalformedProtobufException("field " + number + " is longer than its message");
    }
    position += (int) length;
  }

  private long varint() throws MalformedProtobufException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (position == end) {
        throw new MalformedProtobufException("a number does not end");
      }
      byte b = bytes[position++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new MalformedProtobufException("a number has more than 10 bytes");
  }
}
