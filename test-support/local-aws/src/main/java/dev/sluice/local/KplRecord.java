package dev.sluice.local;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs user records into one record of a stream, as the Kinesis Producer Library does: magic
 * number, a protobuf message, its MD5 ({@code aggregation-format.md} of that library).
 */
public final class KplRecord {
  private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};
  private static final int KEY_TABLE = 1;
  private static final int HASH_KEY_TABLE = 2;
  private static final int RECORDS = 3;
  private static final int KEY_INDEX = 1;
  private static final int HASH_KEY_INDEX = 2;
  private static final int DATA = 3;

  private KplRecord() {}

  /** One record with the key of the first, and with all records in it, at least one. */
  public static KinesisPut of(List<KinesisPut> records) {
    List<String> keys = new ArrayList<>();
    List<BigInteger> hashKeys = new ArrayList<>();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (KinesisPut record : records) {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      number(message, KEY_INDEX, index(keys, record.partitionKey()));
      record.hashKey().ifPresent(hash -> number(message, HASH_KEY_INDEX, index(hashKeys, hash)));
      bytes(message, DATA, record.data());
      bytes(packed, RECORDS, message.toByteArray());
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    keys.forEach(key -> bytes(all, KEY_TABLE, key.getBytes(StandardCharsets.UTF_8)));
    hashKeys.forEach(
        hash -> bytes(all, HASH_KEY_TABLE, hash.toString().getBytes(StandardCharsets.US_ASCII)));
    all.writeBytes(packed.toByteArray());
    KinesisPut whole = KinesisPut.of(records.get(0).partitionKey(), envelope(all.toByteArray()));
    return records.get(0).hashKey().map(whole::withHashKey).orElse(whole);
  }

  private static byte[] envelope(byte[] message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC);
    out.writeBytes(message);
    out.writeBytes(md5(message));
    return out.toByteArray();
  }

  private static byte[] md5(byte[] message) {
    try {
      return MessageDigest.getInstance("MD5").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime must have MD5", e);
    }
  }

  private static <T> int index(List<T> table, T value) {
    if (!table.contains(value)) {
      table.add(value);
    }
    return table.indexOf(value);
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    out.write(field << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void number(ByteArrayOutputStream out, int field, int value) {
    out.write(field << 3);
    varint(out, value);
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int left = value;
    while (left > 0x7f) {
      out.write((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write(left);
  }
}
