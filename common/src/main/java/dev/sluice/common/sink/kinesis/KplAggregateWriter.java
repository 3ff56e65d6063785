package dev.sluice.common.sink.kinesis;

import dev.sluice.common.record.KplAggregate;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes an aggregate of the Kinesis Producer Library of records with one partition key and one hash
 * key: magic number, a protobuf message, MD5 of the message ({@code aggregation-format.md}).
 */
final class KplAggregateWriter {
  private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
  private static final int DIGEST_BYTES = 16;

  /** Fields of AggregatedRecord and Record with their wire type. */
  private static final int PARTITION_KEYS = (1 << 3) | 2;

  private static final int HASH_KEYS = (2 << 3) | 2;
  private static final int RECORDS = (3 << 3) | 2;
  private static final int RECORD_KEY = 1 << 3;
  private static final int RECORD_HASH_KEY = 2 << 3;
  private static final int RECORD_DATA = (3 << 3) | 2;

  /** Tags, lengths and indexes of a record: not more than this. */
  private static final int PER_RECORD = 16;

  private KplAggregateWriter() {}

  static <T> StreamEntry pack(List<Waiting<T>> records) {
    StreamEntry head = records.get(0).entry;
    String hashKey = head.explicitHashKey();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    field(message, PARTITION_KEYS, head.partitionKey().getBytes(StandardCharsets.UTF_8));
    if (hashKey != null) {
      field(message, HASH_KEYS, hashKey.getBytes(StandardCharsets.UTF_8));
    }
    for (Waiting<T> record : records) {
      field(message, RECORDS, record(record.entry.data(), hashKey));
    }
    byte[] body = message.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC);
    out.writeBytes(body);
    out.writeBytes(md5(body));
    return new StreamEntry(out.toByteArray(), head.partitionKey(), hashKey);
  }

  /** An upper bound of the bytes of an aggregate without records. */
  static int overhead(StreamEntry head) {
    String hashKey = head.explicitHashKey();
    return MAGIC.length
        + DIGEST_BYTES
        + 2 * PER_RECORD
        + (hashKey == null ? 0 : hashKey.length())
        + 2 * (head.size() - head.data().length);
  }

  /** An upper bound of what a record adds to an aggregate. */
  static int bytesOf(StreamEntry entry) {
    return entry.data().length + PER_RECORD;
  }

  /** An aggregate in an aggregate would not be taken apart by anybody. */
  static boolean isPacked(StreamEntry entry) {
    return KplAggregate.isAggregate(entry.data());
  }

  private static byte[] record(byte[] data, @Nullable String hashKey) {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.write(RECORD_KEY);
    record.write(0);
    if (hashKey != null) {
      record.write(RECORD_HASH_KEY);
      record.write(0);
    }
    field(record, RECORD_DATA, data);
    return record.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int tag, byte[] value) {
    out.write(tag);
    int length = value.length;
    while (length > 0x7f) {
      out.write((length & 0x7f) | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(value);
  }

  private static byte[] md5(byte[] message) {
    try {
      return MessageDigest.getInstance("MD5").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime must have MD5", e);
    }
  }
}
