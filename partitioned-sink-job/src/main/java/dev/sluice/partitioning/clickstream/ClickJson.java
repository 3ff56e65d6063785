package dev.sluice.partitioning.clickstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;

/**
 * Writes events as JSON, byte by byte: a JSON library would be most of the cost of a record.
 *
 * <p>Not thread-safe.
 */
final class ClickJson {
  /** Longer than any event without its session. */
  private static final int ROOM = 8 << 10;

  private static final byte[] SESSION_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(US_ASCII);

  private static final int BITS_OF_A_CHARACTER = 6;
  private static final int CHARACTERS_OF_A_LONG = Long.SIZE / BITS_OF_A_CHARACTER;
  private static final byte[] SESSION = ",\"session\":\"".getBytes(US_ASCII);
  private static final byte[] SESSION_END = "\"".getBytes(US_ASCII);

  private final int recordBytes;
  private final byte[] out;
  private int length;

  /**
   * @param recordBytes that good events are filled up to
   */
  ClickJson(int recordBytes) {
    this.recordBytes = recordBytes;
    this.out = new byte[Math.max(ROOM, recordBytes)];
  }

  /**
   * The bytes of an event.
   *
   * @param random for the session
   */
  byte[] write(ClickEvent event, IndexRandom random) {
    length = 0;
    if (event.kind == EventKind.MISSING_CUSTOMER) {
      put("{\"customerID\": ");
      put(event.customer);
      put("}");
      return Arrays.copyOf(out, length);
    }
    putType(event);
    putCustomer(event);
    put(",\"event_timestamp\":");
    putNumber(event.timestamp);
    put(",\"geo\":\"");
    put(event.geo);
    put("\"");
    putSession(random);
    put("}");
    return Arrays.copyOf(out, event.kind == EventKind.BROKEN_JSON ? length * 2 / 3 : length);
  }

  private void putType(ClickEvent event) {
    put("{\"type\":{");
    if (event.kind != EventKind.MISSING_DEVICE) {
      put("\"device\":\"");
      put(event.device);
      put("\",");
    }
    put("\"event\":\"");
    put(event.action);
    put("\"},\"customer_id\":");
  }

  private void putCustomer(ClickEvent event) {
    if (event.kind == EventKind.NULL_CUSTOMER) {
      put("null");
      return;
    }
    put("\"");
    if (event.kind == EventKind.HOSTILE_CUSTOMER) {
      put(JsonStringEncoder.getInstance().quoteAsUTF8(event.customer));
    } else {
      put(event.customer);
    }
    put("\"");
  }

  private void putSession(IndexRandom random) {
    int closing = SESSION_END.length + 1;
    int end = recordBytes - closing;
    if (length + SESSION.length >= end) {
      return;
    }
    put(SESSION);
    long bits = 0;
    for (int left = 0; length < end; left--) {
      if (left == 0) {
        bits = random.nextLong();
        left = CHARACTERS_OF_A_LONG;
      }
      out[length++] = SESSION_CHARACTERS[(int) bits & (SESSION_CHARACTERS.length - 1)];
      bits >>>= BITS_OF_A_CHARACTER;
    }
    put(SESSION_END);
  }

  /** Not negative in any event after 1970; of one before, the sign comes first. */
  private void putNumber(long number) {
    long rest = number;
    if (rest < 0) {
      put("-");
      rest = -rest;
    }
    int digits = 1;
    for (long tens = rest / 10; tens > 0; tens /= 10) {
      digits++;
    }
    for (int at = length + digits - 1; at >= length; at--) {
      out[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** ASCII only. */
  private void put(String text) {
    for (int i = 0; i < text.length(); i++) {
      out[length++] = (byte) text.charAt(i);
    }
  }

  private void put(byte[] bytes) {
    System.arraycopy(bytes, 0, out, length, bytes.length);
    length += bytes.length;
  }
}
