package dev.sluice.common.record;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes apart the aggregates that the Kinesis Producer Library makes: magic number, a protobuf
 * message with the user records, MD5 of the message. Every other record is one piece.
 *
 * <p>Magic number and checksum together say what an aggregate is, as in the Kinesis Client Library:
 * a record with the magic number and a wrong checksum is one piece, unchanged. Where the checksum
 * is right and the message is not, the producer is at fault and the whole record is broken. {@link
 * #userRecords} has the keys of user records, too; tags are not handed out.
 *
 * <p>The format: {@code aggregation-format.md} of the Kinesis Producer Library.
 */
public final class KplAggregate implements RecordSplitter {
  private static final long serialVersionUID = 1L;
  private static final int MAGIC = 0xF3899AC2;
  private static final int MAGIC_BYTES = 4;
  private static final int DIGEST_BYTES = 16;

  /** Field {@code records} of the message {@code AggregatedRecord}. */
  private static final int RECORDS = 3;

  /** Fields {@code partition_key_table} and {@code explicit_hash_key_table} of that message. */
  private static final int PARTITION_KEYS = 1;

  private static final int HASH_KEYS = 2;

  /** Fields {@code partition_key_index} and {@code explicit_hash_key_index} of a record. */
  private static final int PARTITION_KEY = 1;

  private static final int HASH_KEY = 2;

  /** Field {@code data} of the message {@code Record}. */
  private static final int DATA = 3;

  /** Whether the record has the magic number and the checksum of an aggregate. */
  public static boolean isAggregate(byte[] data) {
    if (data.length < MAGIC_BYTES + DIGEST_BYTES || ByteBuffer.wrap(data).getInt() != MAGIC) {
      return false;
    }
    int end = data.length - DIGEST_BYTES;
    MessageDigest md5 = md5();
    md5.update(data, MAGIC_BYTES, end - MAGIC_BYTES);
    return Arrays.equals(md5.digest(), 0, DIGEST_BYTES, data, end, data.length);
  }

  @Override
  public void split(byte[] data, Pieces pieces) throws Exception {
    if (!isAggregate(data)) {
      pieces.piece(data);
      return;
    }
    try {
      // Once to check it to its end, so that no piece of a broken aggregate goes out.
      if (walk(message(data), piece -> {}) == 0) {
        pieces.broken(data, "KPL aggregate holds no records");
        return;
      }
    } catch (MalformedProtobufException e) {
      pieces.broken(data, "KPL aggregate with a right checksum is malformed: " + e.getMessage());
      return;
    }
    walk(message(data), pieces::piece);
  }

  /**
   * The user records of an aggregate with their keys, in order.
   *
   * @param data that {@link #isAggregate} says yes to
   * @throws MalformedAggregateException if the message is not what the format says; then none of
   *     its records can be trusted
   */
  public static List<KplUserRecord> userRecords(byte[] data) throws MalformedAggregateException {
    try {
      List<String> partitionKeys = new ArrayList<>();
      List<String> hashKeys = new ArrayList<>();
      for (ProtobufFields message = message(data); message.next(); ) {
        if (message.number() == PARTITION_KEYS) {
          partitionKeys.add(message.message().text());
        } else if (message.number() == HASH_KEYS) {
          hashKeys.add(message.message().text());
        }
      }
      List<KplUserRecord> records = new ArrayList<>();
      for (ProtobufFields message = message(data); message.next(); ) {
        if (message.number() == RECORDS) {
          records.add(userRecord(message, partitionKeys, hashKeys));
        }
      }
      return records;
    } catch (MalformedProtobufException e) {
      throw new MalformedAggregateException(
          "KPL aggregate with a right checksum is malformed: " + e.getMessage());
    }
  }

  private static KplUserRecord userRecord(
      ProtobufFields aggregate, List<String> partitionKeys, List<String> hashKeys)
      throws MalformedProtobufException {
    String partitionKey = null;
    String hashKey = null;
    for (ProtobufFields record = aggregate.message(); record.next(); ) {
      if (record.number() == PARTITION_KEY) {
        partitionKey = at(partitionKeys, record.number64());
      } else if (record.number() == HASH_KEY) {
        hashKey = at(hashKeys, record.number64());
      }
    }
    if (partitionKey == null) {
      throw new MalformedProtobufException("a record has no partition key");
    }
    return new KplUserRecord(dataOf(aggregate.message()), partitionKey, hashKey);
  }

  private static String at(List<String> table, long index) throws MalformedProtobufException {
    if (index < 0 || index >= table.size()) {
      throw new MalformedProtobufException("a record has a key that no table holds");
    }
    return table.get((int) index);
  }

  private static ProtobufFields message(byte[] data) {
    return new ProtobufFields(data, MAGIC_BYTES, data.length - DIGEST_BYTES);
  }

  /** Hands out the data of each user record; returns their number. */
  private static int walk(ProtobufFields message, Sink sink) throws Exception {
    int records = 0;
    while (message.next()) {
      if (message.number() == RECORDS) {
        sink.accept(dataOf(message.message()));
        records++;
      }
    }
    return records;
  }

  private static byte[] dataOf(ProtobufFields record) throws MalformedProtobufException {
    int start = -1;
    int end = -1;
    while (record.next()) {
      if (record.number() == DATA) {
        ProtobufFields data = record.message();
        start = data.position();
        end = data.end();
      }
    }
    if (start < 0) {
      throw new MalformedProtobufException("a record has no data");
    }
    return record.copy(start, end);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime must have MD5", e);
    }
  }

  private interface Sink {
    void accept(byte[] data) throws Exception;
  }
}
