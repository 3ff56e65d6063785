package dev.sluice.common.record;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Writes aggregates by the format's own description, in the order in which the KPL writes. */
final class KplBytes {
  private KplBytes() {}

  static byte[] aggregate(byte[]... records) throws Exception {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    field(message, 1, "partition-key".getBytes(StandardCharsets.UTF_8));
    field(message, 2, "170141183460469231731687303715884105728".getBytes(StandardCharsets.UTF_8));
    for (byte[] record : records) {
      ByteArrayOutputStream inner = new ByteArrayOutputStream();
      inner.write(1 << 3);
      inner.write(0);
      inner.write(2 << 3);
      inner.write(0);
      field(inner, 3, record);
      field(message, 3, inner.toByteArray());
    }
    return envelope(message.toByteArray());
  }

  static byte[] envelope(byte[] message) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2});
    out.writeBytes(message);
    out.writeBytes(MessageDigest.getInstance("MD5").digest(message));
    return out.toByteArray();
  }

  static void field(ByteArrayOutputStream out, int number, byte[] value) {
    out.write(number << 3 | 2);
    int length = value.length;
    while (length > 0x7f) {
      out.write((length & 0x7f) | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(value);
  }
}
